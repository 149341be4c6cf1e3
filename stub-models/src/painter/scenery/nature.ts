import { BLEED, sky, water } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit, type Scene } from '../drawing.ts';
import { n } from '../ink.ts';
import { between, ellipse, line, path, polygon, rect, repeat, ridge } from '../shapes.ts';

/** Ground with a soft edge that figures can stand on. */
export function meadow(drawing: Drawing, y: number, colour: Colour): string {
  const { ink, placeRandom, width } = drawing;
  const near = lit(drawing, colour);
  const fill = ink.linear([
    [0, lighten(near, 0.05)],
    [1, lighten(near, -0.12)],
  ]);
  return ridge(placeRandom, { left: -BLEED, right: width + BLEED, y, height: 22, step: 180, bottom: 960 }, { fill });
}

function tufts(drawing: Drawing, y: number, colour: Colour): string {
  const { placeRandom, width } = drawing;
  return repeat(amount(drawing, 44), () => {
    const x = between(placeRandom, -BLEED, width + BLEED);
    const at = y + placeRandom() ** 1.4 * 130;
    const size = 8 + (at - y) * 0.2;
    const shade = lit(drawing, lighten(colour, between(placeRandom, -0.08, 0.08)));
    return path(
      `M${n(x - size * 0.6)} ${n(at)}q${n(size * 0.2)} ${n(-size)} ${n(-size * 0.2)} ${n(-size * 1.6)}M${n(x)} ${n(at)}q0 ${n(-size)} ${n(size * 0.2)} ${n(-size * 2)}M${n(x + size * 0.5)} ${n(at)}q0 ${n(-size)} ${n(size * 0.6)} ${n(-size * 1.4)}`,
      { stroke: shade, width: 2.6 },
    );
  });
}

function trunks(drawing: Drawing, row: number): string {
  const { palette, placeRandom, width } = drawing;
  const depth = 0.72 - row * 0.24;
  const bark = lit(drawing, mix(palette.deep, palette.wood, 0.3 + row * 0.1), depth);
  return repeat(amount(drawing, 13 - row * 3), (index) => {
    const x = -BLEED + (index + placeRandom() * 0.7) * ((width + 2 * BLEED) / (13 - row * 3));
    const thick = (13 + row * 15) * between(placeRandom, 0.7, 1.3);
    const foot = 470 + row * 62;
    const lean = between(placeRandom, -26, 26);
    const trunk = polygon(
      [
        [x - thick, foot + 40],
        [x - thick * 0.55 + lean, -40],
        [x + thick * 0.5 + lean, -40],
        [x + thick * 1.1, foot + 40],
      ],
      { fill: bark },
    );
    const side = polygon(
      [
        [x + thick * 0.2, foot + 40],
        [x + lean + thick * 0.1, -40],
        [x + thick * 0.5 + lean, -40],
        [x + thick * 1.1, foot + 40],
      ],
      { fill: lighten(bark, 0.035 * drawing.mood.side) },
    );
    const branch = line(
      [
        [x + lean * 0.6, 190],
        [x + lean + (index % 2 === 0 ? 110 : -110), 90],
      ],
      { stroke: bark, width: thick * 0.35 },
    );
    return branch + trunk + side;
  });
}

function canopy(drawing: Drawing, row: number): string {
  const { palette, placeRandom, width } = drawing;
  const depth = 0.6 - row * 0.26;
  const colour = lit(drawing, mix(palette.leaf, palette.deep, 0.15 + row * 0.18), depth);
  return repeat(amount(drawing, 16), (index) => {
    const x = -BLEED + (index + placeRandom()) * ((width + 2 * BLEED) / 15);
    const size = between(placeRandom, 70, 130);
    return ellipse(x, -10 + row * -14 + between(placeRandom, 0, 50), size, size * 0.62, {
      fill: lighten(colour, between(placeRandom, -0.03, 0.04)),
    });
  });
}

/** An old forest with light between the trunks and a path. */
export function forest(drawing: Drawing): Scene {
  const { ink, mood, palette, width } = drawing;
  const shaft = ink.linear([
    [0, mood.key, 0.4],
    [1, mood.key, 0],
  ]);
  const shafts = repeat(4, (index) => {
    const x = width * (0.2 + index * 0.17);
    return polygon(
      [
        [x, -40],
        [x + 70, -40],
        [x + 70 - mood.side * 190, 620],
        [x - 60 - mood.side * 190, 620],
      ],
      { fill: shaft },
    );
  });
  const way = path(
    `M${width * 0.36} 760Q${width * 0.44} 640 ${width * 0.52} 580T${width * 0.5} 500Q${width * 0.56} 540 ${width * 0.6} 590T${width * 0.66} 760Z`,
    {
      fill: lit(drawing, mix(palette.pale, palette.wood, 0.45), 0.1),
      opacity: 0.85,
    },
  );
  return {
    back:
      sky(drawing, 520) +
      trunks(drawing, 0) +
      canopy(drawing, 0) +
      trunks(drawing, 1) +
      shafts +
      canopy(drawing, 1) +
      meadow(drawing, 566, mix(palette.leaf, palette.deep, 0.3)) +
      way +
      trunks(drawing, 2) +
      tufts(drawing, 590, palette.leaf),
    front: '',
    ground: 656,
    afloat: false,
  };
}

function peak(drawing: Drawing, x: number, foot: number, height: number, colour: Colour): string {
  const { mood, palette } = drawing;
  const half = height * 0.82;
  const snow = mix(palette.pale, mood.haze, 0.25);
  return (
    polygon(
      [
        [x - half, foot],
        [x, foot - height],
        [x + half, foot],
      ],
      { fill: colour },
    ) +
    polygon(
      [
        [x, foot - height],
        [x + mood.side * half, foot],
        [x + mood.side * half * 0.1, foot],
      ],
      { fill: lighten(colour, 0.06) },
    ) +
    polygon(
      [
        [x - half * 0.24, foot - height * 0.71],
        [x, foot - height],
        [x + half * 0.24, foot - height * 0.71],
        [x + half * 0.08, foot - height * 0.76],
        [x - half * 0.04, foot - height * 0.66],
      ],
      { fill: snow },
    )
  );
}

/** Layered mountains with mist between them and a narrow path in front. */
export function mountains(drawing: Drawing): Scene {
  const { ink, mood, palette, placeRandom, width } = drawing;
  const ranges = repeat(3, (row) => {
    const depth = 0.76 - row * 0.25;
    const colour = lit(drawing, mix(palette.violet, palette.deep, 0.2 + row * 0.22), depth);
    const mist = ink.linear([
      [0, mood.haze, 0],
      [1, mood.haze, 0.7],
    ]);
    return (
      repeat(amount(drawing, 7), (index) =>
        peak(
          drawing,
          -120 + index * ((width + 240) / 6) + between(placeRandom, -60, 60),
          500 + row * 46,
          between(placeRandom, 170, 330) - row * 50,
          colour,
        ),
      ) + rect(-BLEED, 400 + row * 46, width + 2 * BLEED, 102, { fill: mist })
    );
  });
  const rock = mix(palette.leaf, palette.wood, 0.5);
  return {
    back: sky(drawing, 500) + ranges + meadow(drawing, 590, rock) + tufts(drawing, 606, rock),
    front: '',
    ground: 660,
    afloat: false,
  };
}

/** Hills behind hills, with trees and sometimes a lake: the scenery for everything without one of its own. */
export function hills(drawing: Drawing): Scene {
  const { palette, placeRandom, width } = drawing;
  const tints: readonly Colour[] = [palette.leaf, palette.violet, palette.teal, palette.warm];
  const tint = tints[Math.floor(placeRandom() * tints.length)] ?? palette.leaf;
  const layers = repeat(4, (row) =>
    ridge(
      placeRandom,
      {
        left: -BLEED,
        right: width + BLEED,
        y: 430 + row * 44,
        height: 130 - row * 26,
        step: 200 - row * 26,
        bottom: 960,
      },
      { fill: lit(drawing, mix(tint, palette.deep, 0.12 + row * 0.08), 0.72 - row * 0.2) },
    ),
  );
  const lake = placeRandom() < 0.5 ? water(drawing, 524, 600) : '';
  const trees = repeat(amount(drawing, 16), () => {
    const x = between(placeRandom, -BLEED, width + BLEED);
    const y = between(placeRandom, 540, 590);
    const size = between(placeRandom, 30, 70);
    const leaf = lit(drawing, lighten(mix(tint, palette.leaf, 0.5), between(placeRandom, -0.08, 0.04)), 0.2);
    return (
      line(
        [
          [x, y],
          [x, y - size],
        ],
        { stroke: lit(drawing, palette.wood, 0.2), width: 5 },
      ) + ellipse(x, y - size * 1.2, size * 0.42, size * 0.62, { fill: leaf })
    );
  });
  return {
    back: sky(drawing, 440) + layers + lake + trees + meadow(drawing, 586, tint) + tufts(drawing, 604, tint),
    front: '',
    ground: 660,
    afloat: false,
  };
}
