import { type Colour, distance, mix, nearest } from './colour.ts';

/** The roles of colours. The style of a story decides which colour plays each of them. */
const ANCHORS = {
  deep: '#1c2344',
  pale: '#f4e9d3',
  warm: '#f4a64a',
  rose: '#cf6455',
  teal: '#3f8c88',
  violet: '#82689c',
  silver: '#a9bac5',
  leaf: '#5a7d4c',
  wood: '#7b5238',
} as const satisfies Record<string, Colour>;

export type Palette = Readonly<Record<keyof typeof ANCHORS, Colour>> & { readonly all: readonly Colour[] };

/** How far a colour of the palette may be from the ideal before it only tints it. */
const NEAR = 0.2;

function role(colours: readonly Colour[], ideal: Colour): Colour {
  if (colours.length === 0) return ideal;
  const found = nearest(colours, ideal);
  return mix(ideal, found, distance(found, ideal) < NEAR ? 0.9 : 0.5);
}

/** Gives each colour of a story's master palette a role in pictures. */
export function paletteOf(colours: readonly Colour[]): Palette {
  const given = Object.entries(ANCHORS).map(([name, ideal]) => [name, role(colours, ideal)] as const);
  return { ...ANCHORS, ...Object.fromEntries(given), all: colours };
}
