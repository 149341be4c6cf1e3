import type { Random } from '../../seed.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { hat } from '../props/hat.ts';
import { jar } from '../props/jar.ts';
import { kite } from '../props/kite.ts';
import { between, line, path, placed, rect, repeat } from '../shapes.ts';

/** What stands on shelves. */
export type Goods = 'jars' | 'books' | 'lostThings';

function book(drawing: Drawing, random: Random): string {
  const { palette } = drawing;
  const covers: readonly Colour[] = [
    palette.rose,
    palette.deep,
    palette.teal,
    palette.wood,
    palette.violet,
    palette.leaf,
  ];
  const cover = lit(
    drawing,
    mix(covers[Math.floor(random() * covers.length)] ?? palette.wood, palette.wood, 0.25),
    0.08,
  );
  const width = between(random, 15, 27);
  const height = between(random, 62, 92);
  return (
    rect(-width / 2, -height, width, height, { fill: cover }, 2.5) +
    rect(-width / 2, -height * 0.82, width, 6, { fill: lighten(cover, 0.2), opacity: 0.8 }) +
    rect(-width / 2, -height, width * 0.25, height, { fill: lighten(cover, 0.07) }, 2)
  );
}

function label(drawing: Drawing, random: Random): string {
  const paper = lit(drawing, drawing.palette.pale);
  const tilt = between(random, -16, 16);
  return placed(
    line(
      [
        [0, 0],
        [0, 16],
      ],
      { stroke: paper, width: 1.6 },
    ) + rect(-9, 16, 18, 24, { fill: paper }, 2),
    between(random, -12, 12),
    -4,
    1,
    tilt,
  );
}

function umbrella(drawing: Drawing, random: Random): string {
  const cloth = lit(drawing, random() < 0.5 ? drawing.palette.rose : drawing.palette.teal);
  return (
    line(
      [
        [0, 0],
        [0, -92],
      ],
      { stroke: lit(drawing, drawing.palette.wood), width: 4 },
    ) +
    path('M-5 -84Q-15 -40 -3 -14H3Q15 -40 5 -84Z', { fill: cloth }) +
    path('M0 0q0 9 9 7', { stroke: lit(drawing, drawing.palette.wood), width: 4 })
  );
}

function bundleOfLetters(drawing: Drawing, random: Random): string {
  const paper = lit(drawing, mix(drawing.palette.pale, drawing.palette.warm, random() * 0.2));
  return (
    repeat(5, (index) =>
      rect(-28 + between(random, -3, 3), -12 - index * 10, 56, 9, { fill: lighten(paper, -0.03 * (index % 2)) }, 2),
    ) +
    line(
      [
        [0, 0],
        [0, -54],
      ],
      { stroke: lit(drawing, drawing.palette.rose), width: 3 },
    )
  );
}

function lostThing(drawing: Drawing, random: Random): string {
  const kind = random();
  const thing =
    kind < 0.42
      ? placed(hat(drawing, random), 0, -2, 0.56)
      : kind < 0.68
        ? placed(kite(drawing, random), 0, -4, 0.62, between(random, -12, 12))
        : kind < 0.84
          ? bundleOfLetters(drawing, random)
          : umbrella(drawing, random);
  return thing + label(drawing, random);
}

const STEP: Readonly<Record<Goods, number>> = { jars: 62, books: 25, lostThings: 78 };

function one(drawing: Drawing, random: Random, goods: Goods): string {
  switch (goods) {
    case 'jars':
      return placed(jar(drawing, random, random() < 0.36), 0, 0, between(random, 0.78, 1.04));
    case 'books':
      return placed(book(drawing, random), 0, 0, 1, random() < 0.12 ? 9 : 0);
    case 'lostThings':
      return lostThing(drawing, random);
    default:
      return goods satisfies never;
  }
}

/** A shelf board from `left` to `right` with things standing on it, in the same order in every picture of the place. */
export function shelf(drawing: Drawing, goods: Goods, left: number, right: number, y: number): string {
  const { palette, placeRandom } = drawing;
  const wood = lit(drawing, mix(palette.wood, palette.deep, 0.25));
  const step = STEP[goods] * (drawing.detail === 'full' ? 1 : 2);
  const count = Math.max(0, Math.floor((right - left - 20) / step));
  const things = repeat(count, (index) =>
    placed(one(drawing, placeRandom, goods), left + 20 + (index + 0.5) * step, y, 1),
  );
  const board = rect(left, y, right - left, 13, { fill: lighten(wood, 0.06) }, 2);
  return `${things}${board}${rect(left, y + 13, right - left, 10, { fill: '#000000', opacity: 0.2 })}`;
}
