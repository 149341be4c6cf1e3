import { lighten, mix } from '../colour.ts';
import { type Drawing, lit, type Scene } from '../drawing.ts';
import { jar } from '../props/jar.ts';
import { kite } from '../props/kite.ts';
import { between, line, path, placed, rect, repeat } from '../shapes.ts';
import { beams, bench, FLOOR, floor, roundWindow, tableLamp, wall, washingLine } from './interior.ts';
import { type Goods, shelf } from './shelfGoods.ts';

function shelves(drawing: Drawing, goods: Goods, left: number, right: number): string {
  const upright = lit(drawing, mix(drawing.palette.wood, drawing.palette.deep, 0.35));
  const rows = [188, 306, 424, 542];
  return (
    rect(left, 96, right - left, FLOOR - 96, { fill: lighten(upright, -0.08), opacity: 0.72 }) +
    rows.map((y) => shelf(drawing, goods, left, right, y)).join('') +
    rect(left - 8, 90, 14, FLOOR - 90, { fill: upright }) +
    rect(right - 6, 90, 14, FLOOR - 90, { fill: upright })
  );
}

function spools(drawing: Drawing, x: number, y: number): string {
  const { palette, placeRandom } = drawing;
  return repeat(4, (index) => {
    const thread = lit(drawing, [palette.rose, palette.teal, palette.warm, palette.silver][index] ?? palette.rose);
    const at = x + index * 30 + between(placeRandom, -3, 3);
    return (
      rect(at - 10, y - 26, 20, 22, { fill: thread }, 2) +
      rect(at - 13, y - 31, 26, 6, { fill: lighten(thread, -0.16) }, 2) +
      rect(at - 13, y - 6, 26, 6, { fill: lighten(thread, -0.16) }, 2)
    );
  });
}

/** A crooked attic workshop: jars on shelves, a bench with a lamp, things hung up on a line. */
export function workshop(drawing: Drawing): Scene {
  const { palette, placeRandom, width } = drawing;
  const plaster = mix(palette.deep, mix(palette.wood, palette.teal, 0.35), 0.55);
  return {
    back:
      wall(drawing, plaster) +
      shelves(drawing, 'jars', -150, width * 0.28) +
      shelves(drawing, 'jars', width * 0.74, width + 150) +
      roundWindow(drawing, width * 0.51, 250, 112) +
      beams(drawing) +
      washingLine(drawing, 116) +
      floor(drawing, mix(palette.wood, palette.deep, 0.15)) +
      bench(drawing, width * 0.32, width * 0.7, 486) +
      spools(drawing, width * 0.36, 476) +
      placed(jar(drawing, placeRandom, true), width * 0.52, 476, 0.8) +
      tableLamp(drawing, width * 0.68, 476),
    front: '',
    ground: 664,
    afloat: false,
  };
}

/** A library of tall shelves with a ladder and a reading lamp. */
export function library(drawing: Drawing): Scene {
  const { palette, width } = drawing;
  const rail = lit(drawing, mix(palette.wood, palette.warm, 0.3));
  const ladder =
    line(
      [
        [width * 0.2, FLOOR + 16],
        [width * 0.27, 84],
      ],
      { stroke: rail, width: 9 },
    ) +
    line(
      [
        [width * 0.255, FLOOR + 16],
        [width * 0.32, 84],
      ],
      { stroke: rail, width: 9 },
    ) +
    repeat(8, (index) => {
      const share = (index + 0.5) / 8;
      const x = width * (0.2 + 0.07 * share);
      const y = FLOOR + 16 - (FLOOR - 68) * share;
      return line(
        [
          [x, y],
          [x + width * 0.052, y],
        ],
        { stroke: rail, width: 7 },
      );
    });
  return {
    back:
      wall(drawing, mix(palette.wood, palette.deep, 0.55)) +
      shelves(drawing, 'books', -150, width * 0.37) +
      shelves(drawing, 'books', width * 0.63, width + 150) +
      roundWindow(drawing, width * 0.5, 226, 104) +
      floor(drawing, mix(palette.rose, palette.wood, 0.6)) +
      bench(drawing, width * 0.4, width * 0.6, 500) +
      tableLamp(drawing, width * 0.5, 490) +
      ladder,
    front: '',
    ground: 664,
    afloat: false,
  };
}

/** A lost-property office: shelves up to the rafters, and a counter. */
export function lostProperty(drawing: Drawing): Scene {
  const { palette, placeRandom, width } = drawing;
  const kites = repeat(4, (index) =>
    placed(
      kite(drawing, placeRandom),
      width * (0.36 + index * 0.1),
      168 + (index % 2) * 26,
      0.8,
      between(placeRandom, -16, 16),
    ),
  );
  return {
    back:
      wall(drawing, mix(palette.deep, mix(palette.violet, palette.wood, 0.5), 0.5)) +
      shelves(drawing, 'lostThings', -150, width * 0.33) +
      shelves(drawing, 'lostThings', width * 0.68, width + 150) +
      roundWindow(drawing, width * 0.5, 300, 84) +
      kites +
      beams(drawing) +
      floor(drawing, mix(palette.wood, palette.deep, 0.3)) +
      bench(drawing, width * 0.3, width * 0.72, 502) +
      tableLamp(drawing, width * 0.38, 492, 340),
    front: '',
    ground: 664,
    afloat: false,
  };
}

function stove(drawing: Drawing, x: number): string {
  const iron = lit(drawing, mix(drawing.palette.deep, drawing.palette.silver, 0.15));
  const fire = drawing.mood.lampsLit ? lighten(drawing.mood.lamp, 0.02) : lighten(iron, 0.1);
  return (
    rect(x + 40, 60, 22, 380, { fill: lighten(iron, -0.03) }) +
    rect(x, 420, 110, 156, { fill: iron }, 10) +
    rect(x + 22, 470, 66, 54, { fill: fire }, 8) +
    rect(x - 8, 412, 126, 16, { fill: lighten(iron, 0.09) }, 5)
  );
}

function pictures(drawing: Drawing): string {
  const { palette, placeRandom, width } = drawing;
  const frame = lit(drawing, mix(palette.wood, palette.warm, 0.35));
  return repeat(4, (index) => {
    const size = between(placeRandom, 56, 92);
    const x = width * 0.1 + index * 66 + between(placeRandom, 0, 12);
    const y = 150 + (index % 2) * 120 + between(placeRandom, -12, 12);
    const inside = lit(drawing, [palette.teal, palette.rose, palette.violet, palette.silver][index] ?? palette.teal);
    return (
      rect(x, y, size, size * 0.8, { fill: frame }, 3) +
      rect(x + 7, y + 7, size - 14, size * 0.8 - 14, { fill: inside }) +
      path(
        `M${x + 7} ${y + size * 0.8 - 7}q${size * 0.25} ${-size * 0.4} ${size * 0.5} ${-size * 0.1}t${size * 0.5 - 14} 0v${size * 0.1}Z`,
        { fill: lighten(inside, -0.12) },
      )
    );
  });
}

/** A lived-in room: a window, a stove, a table, pictures on the wall. */
export function room(drawing: Drawing): Scene {
  const { palette, width } = drawing;
  return {
    back:
      wall(drawing, mix(palette.warm, palette.wood, 0.5)) +
      pictures(drawing) +
      roundWindow(drawing, width * 0.54, 240, 118) +
      stove(drawing, width * 0.8) +
      floor(drawing, mix(palette.wood, palette.rose, 0.2)) +
      bench(drawing, width * 0.36, width * 0.68, 498) +
      tableLamp(drawing, width * 0.42, 488),
    front: '',
    ground: 664,
    afloat: false,
  };
}
