import { BLEED, glow, sky } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit, type Scene } from '../drawing.ts';
import { n } from '../ink.ts';
import { between, circle, curve, ellipse, type Point, path, rect, repeat } from '../shapes.ts';
import { house } from './houses.ts';
import { meadow } from './nature.ts';

/** A city of crooked roofs and lit windows. */
export function city(drawing: Drawing): Scene {
  const { palette, placeRandom, width } = drawing;
  const rows = repeat(4, (row) =>
    repeat(amount(drawing, 13 - row * 2), (index) => {
      const x = -BLEED + index * ((width + 2 * BLEED) / (12 - row * 2)) + between(placeRandom, -14, 14);
      return house(
        drawing,
        x,
        470 + row * 62,
        between(placeRandom, 74, 118) + row * 14,
        between(placeRandom, 130, 260) - row * 6,
        0.7 - row * 0.2,
      );
    }),
  );
  const stone = lit(drawing, mix(palette.silver, palette.wood, 0.25));
  const street = rect(-BLEED, 618, width + 2 * BLEED, 400, {
    fill: drawing.ink.linear([
      [0, stone],
      [1, lighten(stone, -0.14)],
    ]),
  });
  const cobbles = repeat(amount(drawing, 60), () => {
    const y = 626 + placeRandom() ** 1.3 * 110;
    return ellipse(between(placeRandom, -BLEED, width + BLEED), y, 8 + (y - 620) * 0.16, 3 + (y - 620) * 0.05, {
      fill: lighten(stone, between(placeRandom, -0.06, 0.05)),
    });
  });
  return { back: sky(drawing, 470) + rows + street + cobbles, front: '', ground: 660, afloat: false };
}

function stall(drawing: Drawing, x: number, y: number, size: number, depth: number): string {
  const { mood, palette, placeRandom } = drawing;
  const cloths: readonly Colour[] = [palette.rose, palette.teal, palette.warm, palette.violet];
  const cloth = lit(drawing, cloths[Math.floor(placeRandom() * cloths.length)] ?? palette.rose, depth);
  const pale = lit(drawing, palette.pale, depth);
  const wood = lit(drawing, palette.wood, depth);
  const stripes = repeat(6, (index) =>
    path(
      `M${n(x + (index * size) / 6)} ${n(y - size * 0.8)}h${n(size / 6)}l${n(size * 0.03)} ${n(size * 0.26)}q${n(-size / 12)} ${n(size * 0.08)} ${n(-size / 6 - size * 0.02)} 0Z`,
      {
        fill: index % 2 === 0 ? cloth : pale,
      },
    ),
  );
  const goods = repeat(7, (index) =>
    circle(x + size * (0.1 + index * 0.13), y - size * 0.3, size * 0.055, {
      fill: lit(drawing, cloths[index % 4] ?? cloth, depth),
    }),
  );
  const lamp = mood.lampsLit
    ? glow(drawing, x + size / 2, y - size * 0.46, size * 0.6, mood.lamp, 0.6) +
      circle(x + size / 2, y - size * 0.46, size * 0.04, { fill: lighten(mood.lamp, 0.12) })
    : '';
  return (
    rect(x + size * 0.03, y - size * 0.7, size * 0.03, size * 0.7, { fill: wood }) +
    rect(x + size * 0.94, y - size * 0.7, size * 0.03, size * 0.7, { fill: wood }) +
    rect(x, y - size * 0.27, size, size * 0.27, { fill: lighten(wood, 0.05) }) +
    goods +
    lamp +
    stripes
  );
}

function repeatPoints(count: number, at: (share: number) => Point): Point[] {
  return Array.from({ length: count }, (_, index) => at(index / (count - 1)));
}

/** A market of striped stalls under strings of lamps. */
export function market(drawing: Drawing): Scene {
  const { mood, palette, placeRandom, width } = drawing;
  const houses = repeat(amount(drawing, 12), (index) =>
    house(drawing, -BLEED + index * 150, 486, between(placeRandom, 100, 140), between(placeRandom, 160, 260), 0.5),
  );
  const stalls = repeat(amount(drawing, 5), (index) =>
    stall(
      drawing,
      -60 + index * (width / 4.4),
      560 + (index % 2) * 26,
      between(placeRandom, 210, 260),
      0.2 - (index % 2) * 0.12,
    ),
  );
  const string = (y: number) => {
    const points: Point[] = repeatPoints(13, (share) => [share * width, y + 60 * 4 * share * (1 - share) * 0.7]);
    const bulbs = points.map(
      ([x, at]) =>
        (mood.lampsLit ? glow(drawing, x, at + 8, 40, mood.lamp, 0.6) : '') +
        circle(x, at + 8, 6, { fill: mood.lampsLit ? lighten(mood.lamp, 0.1) : lit(drawing, palette.pale) }),
    );
    return path(curve(points), { stroke: lit(drawing, palette.deep), width: 2.5 }) + bulbs.join('');
  };
  const stone = mix(palette.silver, palette.warm, 0.25);
  return {
    back: sky(drawing, 470) + houses + stalls + meadow(drawing, 612, stone) + string(70) + string(130),
    front: '',
    ground: 662,
    afloat: false,
  };
}
