import type { Random } from '../seed.ts';
import { type Colour, mix } from './colour.ts';
import type { Ink } from './ink.ts';
import type { Mood } from './mood.ts';
import type { Palette } from './palette.ts';

/** How much is drawn: all of it, or what a small picture shows. */
export type Detail = 'full' | 'sketch';

/** All that drawing a part of a picture needs. Lengths are in units of which the picture is 720 high. */
export interface Drawing {
  width: number;
  height: number;
  detail: Detail;
  ink: Ink;
  palette: Palette;
  mood: Mood;
  /** The same for every picture of a place, so that it is recognised. */
  placeRandom: Random;
  /** This picture's own. */
  shotRandom: Random;
  /** What the picture is to show, in words. */
  text: string;
}

/** A place as drawn: behind the figures, before them, and where they stand. */
export interface Scene {
  back: string;
  front: string;
  ground: number;
  /** Whether figures stand in a boat. */
  afloat: boolean;
}

/** How a colour looks in the picture's light at a distance: 0 is here, 1 is the horizon. */
export function lit({ mood }: Drawing, colour: Colour, depth = 0): Colour {
  const here = mix(colour, mood.ambient, mood.ambientShare);
  return depth === 0 ? here : mix(here, mood.haze, depth);
}

/** How many of something to draw. */
export function amount({ detail }: Drawing, full: number): number {
  return detail === 'full' ? full : Math.ceil(full / 3);
}
