import { type Colour, lighten, mix } from './colour.ts';
import type { Palette } from './palette.ts';

type Hour = 'night' | 'dusk' | 'dawn' | 'greyDawn' | 'gold' | 'noon' | 'morning' | 'storm';

/** The light of one picture. */
export interface Mood {
  hour: Hour;
  sky: readonly [top: Colour, middle: Colour, bottom: Colour];
  /** The colour that every other is tinted with, and how strongly. */
  ambient: Colour;
  ambientShare: number;
  /** What distance fades into. */
  haze: Colour;
  /** The main light and the light of lamps. */
  key: Colour;
  lamp: Colour;
  /** Whether lamps and windows are lit. */
  lampsLit: boolean;
  /** The side that the main light comes from: -1 for left, 1 for right. */
  side: -1 | 1;
}

const HOURS: readonly (readonly [Hour, RegExp])[] = [
  ['greyDawn', /gr[ae]y dawn|grey hour|gray hour|before dawn/i],
  ['dawn', /dawn|sunrise|daybreak|first (pink|rose) light/i],
  ['dusk', /dusk|sunset|twilight|evening|nightfall/i],
  ['storm', /storm|thunder|downpour|\brain(s|ing|y)\b/i],
  ['night', /night|moon|midnight|starl|\bstars\b|dark/i],
  ['gold', /afternoon|golden|\bgold\b|late light/i],
  ['noon', /noon|haze|overcast|flat light|midday|fog|mist/i],
  ['morning', /morning|day|sunny|clear|bright/i],
];

/** The time of day that a text about light speaks of. */
function hourOf(light: string): Hour {
  return HOURS.find(([, words]) => words.test(light))?.[0] ?? 'morning';
}

type Light = Pick<Mood, 'sky' | 'ambient' | 'ambientShare' | 'haze' | 'key'>;

function lightOf(hour: Hour, { deep, pale, warm, rose, teal, violet, silver }: Palette): Light {
  switch (hour) {
    case 'night':
      return {
        sky: [lighten(deep, -0.07), mix(deep, violet, 0.22), mix(deep, teal, 0.42)],
        ambient: deep,
        ambientShare: 0.5,
        haze: mix(deep, teal, 0.36),
        key: mix(silver, pale, 0.4),
      };
    case 'dusk':
      return {
        sky: [mix(deep, violet, 0.6), mix(violet, rose, 0.55), mix(warm, pale, 0.22)],
        ambient: mix(deep, violet, 0.6),
        ambientShare: 0.3,
        haze: mix(violet, rose, 0.4),
        key: mix(warm, rose, 0.3),
      };
    case 'dawn':
      return {
        sky: [mix(silver, violet, 0.5), mix(rose, pale, 0.5), mix(warm, pale, 0.45)],
        ambient: mix(violet, rose, 0.5),
        ambientShare: 0.18,
        haze: mix(rose, pale, 0.6),
        key: mix(warm, pale, 0.5),
      };
    case 'greyDawn':
      return {
        sky: [mix(deep, silver, 0.45), mix(silver, violet, 0.25), mix(silver, pale, 0.5)],
        ambient: mix(deep, silver, 0.4),
        ambientShare: 0.3,
        haze: mix(silver, pale, 0.2),
        key: mix(silver, pale, 0.6),
      };
    case 'gold':
      return {
        sky: [mix(teal, pale, 0.45), mix(warm, pale, 0.66), mix(warm, pale, 0.36)],
        ambient: warm,
        ambientShare: 0.13,
        haze: mix(warm, pale, 0.62),
        key: mix(warm, pale, 0.4),
      };
    case 'noon':
      return {
        sky: [mix(silver, teal, 0.2), mix(silver, pale, 0.45), mix(silver, pale, 0.85)],
        ambient: silver,
        ambientShare: 0.18,
        haze: mix(silver, pale, 0.55),
        key: pale,
      };
    case 'morning':
      return {
        sky: [mix(teal, pale, 0.42), mix(silver, pale, 0.55), mix(pale, warm, 0.16)],
        ambient: pale,
        ambientShare: 0.06,
        haze: mix(silver, pale, 0.6),
        key: mix(pale, warm, 0.2),
      };
    case 'storm':
      return {
        sky: [mix(deep, silver, 0.18), mix(deep, silver, 0.42), mix(silver, teal, 0.35)],
        ambient: mix(deep, teal, 0.3),
        ambientShare: 0.36,
        haze: mix(deep, silver, 0.55),
        key: silver,
      };
    default:
      return hour satisfies never;
  }
}

function lampColour(light: string, palette: Palette): Colour {
  if (/green lamp/i.test(light)) return mix(palette.leaf, mix(palette.warm, palette.pale, 0.6), 0.55);
  if (/blue (lamp )?flame|burn(s|ed) blue|blue lamp/i.test(light)) return mix(palette.silver, '#5aa8f0', 0.55);
  return mix(palette.warm, palette.pale, 0.2);
}

/** The light that a text describes, in the colours of a story. */
export function moodOf(light: string, palette: Palette, side: -1 | 1): Mood {
  const hour = hourOf(light);
  const dark = hour === 'night' || hour === 'dusk' || hour === 'storm' || hour === 'greyDawn';
  return {
    hour,
    ...lightOf(hour, palette),
    lamp: lampColour(light, palette),
    lampsLit: dark || /lamp|lantern|candle|glow/i.test(light),
    side,
  };
}
