import type { SamplePlace } from './types.ts';

/** How one place looks. */
interface SamplePlaceDesign {
  name: SamplePlace;
  overall: string;
  elements: readonly string[];
  light: string;
  colours: string;
}

/** The four places, in the order in which the visual design lists them. */
export const SAMPLE_PLACES: readonly SamplePlaceDesign[] = [
  {
    name: "The Weather-Mender's Workshop",
    overall:
      'A crooked attic workshop under heavy beams. Shelves of glass jars hold weather of every kind; torn fog hangs on a ' +
      'darning frame and rain is pegged out to dry.',
    elements: [
      'jars of weather on long shelves',
      'a workbench with a brass lamp',
      'a round window',
      'spools of thread',
    ],
    light: 'Warm lamp glow against cool window light; jars that shine a little by themselves',
    colours: 'Indigo shadows, amber lamp light, verdigris glass',
  },
  {
    name: 'Harrow Quay',
    overall:
      'A small stone harbour in a bay: a quay wall, fishing boats at their moorings, narrow houses stepping up the hill, a ' +
      'stubby lighthouse at the end of the pier.',
    elements: [
      'fishing boats with patched sails',
      'a stone quay with bollards',
      'crooked houses',
      'a small lighthouse',
    ],
    light: 'Wide open sky over still water, lanterns along the wall at night',
    colours: 'Herring silver, brick rose roofs, sailcloth cream',
  },
  {
    name: 'Moorhead Halt',
    overall:
      'A railway station on the moor where no train has stopped for thirty years: a short platform in the heather, a ' +
      'stopped clock, and a Lost Property Office full of everything the wind ever took.',
    elements: ['a station clock', 'heather over the rails', 'shelves of hats and kites with labels', 'a lit window'],
    light: 'Dusk and moonlight outside, one green lamp within',
    colours: 'Moor heather violet, deep indigo, one warm window',
  },
  {
    name: 'The Water off the Teeth',
    overall:
      'Open sea three miles out, smooth as glass, with the fleet becalmed upon it and a row of jagged black rocks called ' +
      'the Teeth behind.',
    elements: ['sailing boats with slack sails', 'jagged rocks', 'lanterns mirrored in the water', 'a huge sky'],
    light: 'Starlight and lanterns by night, rose and gold at sunrise',
    colours: 'Deep-water indigo, lamp amber, dawn rose',
  },
];
