import type { Random } from '../seed.ts';
import { type Colour, mix } from './colour.ts';
import type { Ink } from './ink.ts';
import type { Mood } from './mood.ts';
import type { Palette } from './palette.ts';

/** How much is drawn: everything, or only what shows in a small picture. */
export type Detail = 'full' | 'sketch';

/** Everything needed to draw a part of a picture. Lengths are in units; the picture is 720 units high. */
export interface Drawing {
  width: number;
  height: number;
  detail: Detail;
  ink: Ink;
  palette: Palette;
  mood: Mood;
  /** The same for every picture of a place, so that it can be recognised. */
  placeRandom: Random;
  /** Different for every picture. */
  shotRandom: Random;
  /** What the picture should show, in words. */
  text: string;
}

/** A drawn place: the part behind the figures, the part in front of them, and where they stand. */
export interface Scene {
  back: string;
  front: string;
  ground: number;
  /** Whether figures stand in a boat. */
  afloat: boolean;
}

/** How a colour looks in the picture's light at a distance, from 0 (near) to 1 (the horizon). */
export function lit({ mood }: Drawing, colour: Colour, depth = 0): Colour {
  const here = mix(colour, mood.ambient, mood.ambientShare);
  return depth === 0 ? here : mix(here, mood.haze, depth);
}

/** How many of something to draw. */
export function amount({ detail }: Drawing, full: number): number {
  return detail === 'full' ? full : Math.ceil(full / 3);
}
