import { randomFrom } from '../../seed.ts';
import { mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { hat } from '../props/hat.ts';
import { jar } from '../props/jar.ts';
import { kite } from '../props/kite.ts';
import { lantern } from '../props/lantern.ts';
import { path, placed, polygon, rect, repeat } from '../shapes.ts';
import type { HeldThing } from './acting.ts';

/** A thing in somebody's hand, which is at the origin. */
export function heldThing(drawing: Drawing, thing: HeldThing): string {
  const { palette } = drawing;
  const random = randomFrom(thing);
  switch (thing) {
    case 'paper':
      return placed(
        rect(-30, -66, 56, 72, { fill: lit(drawing, palette.pale) }, 2) +
          repeat(5, (index) =>
            path(`M-22 ${-54 + index * 11}q12 -3 22 0t18 -1`, {
              stroke: lit(drawing, mix(palette.deep, palette.pale, 0.45)),
              width: 2,
            }),
          ),
        0,
        0,
        1,
        8,
      );
    case 'jar':
      return placed(jar(drawing, random, true), 0, 26, 1.05);
    case 'lantern':
      return lantern(drawing);
    case 'kite':
      return placed(kite(drawing, random, '#3f6fa3'), -6, 30, 1.15, 14);
    case 'hats':
      return repeat(4, (index) =>
        placed(hat(drawing, random), index % 2 === 0 ? -5 : 6, 12 - index * 34, 0.82, index % 2 === 0 ? -7 : 8),
      );
    case 'book':
      return (
        polygon(
          [
            [-44, -30],
            [0, -20],
            [0, 22],
            [-44, 10],
          ],
          { fill: lit(drawing, palette.pale) },
        ) +
        polygon(
          [
            [44, -30],
            [0, -20],
            [0, 22],
            [44, 10],
          ],
          { fill: lit(drawing, mix(palette.pale, palette.wood, 0.14)) },
        ) +
        path('M-46 12L0 25L46 12', { stroke: lit(drawing, palette.rose), width: 5 })
      );
    case 'cup':
      return (
        path('M18 -22q20 2 16 20q-4 12 -18 10', { stroke: lit(drawing, palette.silver), width: 6 }) +
        path('M-20 -28H20V14Q18 22 0 22T-20 14Z', { fill: lit(drawing, palette.silver) }) +
        path('M-20 -30q10 -12 20 -4q12 -8 20 4Z', { fill: lit(drawing, palette.pale) })
      );
    case 'tool':
      return (
        path('M-6 10L22 -56', { stroke: lit(drawing, mix(palette.warm, palette.wood, 0.35)), width: 8 }) +
        path('M17 -52l12 -18l8 4l-8 20Z', { fill: lit(drawing, palette.silver) })
      );
    default:
      return thing satisfies never;
  }
}
