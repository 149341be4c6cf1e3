import type { SampleScenelet } from '../types.ts';

const scraps: SampleScenelet = {
  label: 'scenelet-3b',
  parent: 'scenelet-2',
  choiceLabel: 'Sew a new wind from the scrap drawer',
  description:
    'Oda and Tam stitch a wind out of a cat’s yawn, three draughts and the last puff of a bagpipe. It comes out small, ' +
    'patched and very pleased to meet everyone.',
  shots: [
    {
      framing: 'Medium two-shot at the bench',
      content: 'A wide shallow drawer of scraps of air, each pinned to a card; scissors, thread, two heads together.',
      action: 'Oda takes stock, doubtful; Tam is determined, sleeves rolled.',
      camera: 'Slow arc over the drawer',
      light: 'Late gold light and one lamp glow',
      continuity: 'The hole in the roof is covered with an umbrella.',
      place: "The Weather-Mender's Workshop",
      cast: ['Oda', 'Tam'],
      lines: [
        ['Oda', 'One yawn, cat’s. Three draughts, from under doors. The last puff of a bagpipe. It isn’t much.'],
        ['Tam', 'Then we’ll sew it small. But kindly.'],
      ],
    },
    {
      framing: 'Insert, extreme close-up on a lantern and thread',
      content: 'A lamp with a flame turned blue, silver thread running through something that is hardly there.',
      action: 'No figures. The thread pulls tight.',
      camera: 'Slow slide along the seam',
      light: 'Blue lamp flame, deep night shadows',
      continuity: 'Thread is silver, seven stitches to the inch.',
      place: "The Weather-Mender's Workshop",
      cast: [],
      lines: [
        [
          'Narrator',
          'They stitched until the lamp burned blue. A breeze is sewn from the inside, or it comes out as a sneeze.',
        ],
      ],
    },
    {
      framing: 'Wide shot, low angle from under the table',
      content: 'A small swirl of patchwork air races round the legs of the bench, papers flying up behind it.',
      action: 'Tam laughs on her knees; Oda clutches her bun.',
      camera: 'Whip pan after the little wind, then still',
      light: 'Warm lamp glow, papers catching the light',
      continuity: 'The little wind is patched in teal, cream and rose.',
      place: "The Weather-Mender's Workshop",
      cast: ['Tam', 'Oda'],
      lines: [
        ['Tam', '(delighted) It’s under the table. It’s chasing its own tail!'],
        ['Oda', 'Oh, heavens. We’ve made a puppy.'],
      ],
    },
  ],
};

const halfABell: SampleScenelet = {
  label: 'scenelet-4b',
  parent: 'scenelet-3b',
  choicePrompt: 'One small wind, forty boats, and the tide turns at dawn.',
  description:
    'On the quay the little patchwork wind blows out two candles and wants its stomach scratched. Captain Roe is not ' +
    'impressed. But it has caught the scent of somebody.',
  shots: [
    {
      framing: 'Medium shot, low, at the height of a small wind',
      content: 'The little wind rolling on the cobbles in a swirl of feathers, a bell above it tilted half way.',
      action: 'Tam crouches and scratches the air where its stomach must be, proud.',
      camera: 'Low tracking',
      light: 'Blue evening, lanterns just lit',
      continuity: 'Two candles on the wall are out, one still burns.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [
        ['Narrator', 'It blew out two candles, rang half a bell, and rolled over to have its stomach scratched.'],
      ],
    },
    {
      framing: 'Medium two-shot, low angle',
      content:
        'Captain Roe, arms folded, a tankard in one fist; Tam with her chin up, the little wind hiding behind her.',
      action: 'Roe is scornful; Tam is cross on behalf of a friend.',
      camera: 'Still',
      light: 'Evening lantern light',
      continuity: 'The froth on the tankard is untouched.',
      place: 'Harrow Quay',
      cast: ['Captain Roe', 'Tam'],
      lines: [
        ['Captain Roe', 'That’s to save forty boats? It couldn’t blow the froth off my beer.'],
        ['Tam', '(stiffly) He has had a long day.'],
      ],
    },
    {
      framing: 'Wide shot from behind',
      content:
        'The end of the quay at nightfall: a small swirl standing quite still, Tam behind it, sea and moor beyond.',
      action: 'The little wind sniffs one way, then the other, quivering.',
      camera: 'Slow push in',
      light: 'Last dusk, first stars over the moor',
      continuity: 'Boat lamps on the horizon, left; the moor road, right.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [
        ['Narrator', 'Then it stood at the end of the quay, nose up, first to the sea, then to the moor.'],
        ['Narrator', 'It had smelled somebody it knew.'],
      ],
    },
  ],
};

/** A wind of one's own: how the little one came to be. */
export const PATCHWORK: readonly SampleScenelet[] = [scraps, halfABell];
