import { BLEED, glow, sky } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit, type Scene } from '../drawing.ts';
import { hat } from '../props/hat.ts';
import { between, circle, ellipse, line, path, placed, polygon, rect, repeat, ridge } from '../shapes.ts';

const HORIZON = 400;
const PLATFORM = 590;

function hills(drawing: Drawing): string {
  const { palette, placeRandom, width } = drawing;
  return repeat(3, (index) => {
    const depth = 0.72 - index * 0.22;
    const colour = mix(palette.violet, index === 2 ? palette.leaf : palette.deep, 0.3 + index * 0.08);
    return ridge(
      placeRandom,
      {
        left: -BLEED,
        right: width + BLEED,
        y: HORIZON - 26 + index * 56,
        height: 88 - index * 18,
        step: 150 - index * 20,
        bottom: 760,
      },
      { fill: lit(drawing, colour, depth) },
    );
  });
}

function heather(drawing: Drawing, y: number, depth: number, count: number): string {
  const { palette, placeRandom, width } = drawing;
  return repeat(amount(drawing, count), () => {
    const x = between(placeRandom, -BLEED, width + BLEED);
    const at = y + between(placeRandom, -10, 26);
    const size = between(placeRandom, 12, 30) * (1 - depth * 0.5);
    const flower = lit(drawing, lighten(mix(palette.violet, palette.rose, placeRandom() * 0.4), 0.05), depth);
    const stem = lit(drawing, mix(palette.leaf, palette.deep, 0.35), depth);
    return (
      line(
        [
          [x, at],
          [x - size * 0.3, at - size],
        ],
        { stroke: stem, width: 2.4 },
      ) +
      line(
        [
          [x, at],
          [x + size * 0.25, at - size * 0.9],
        ],
        { stroke: stem, width: 2.4 },
      ) +
      ellipse(x - size * 0.3, at - size, size * 0.16, size * 0.34, { fill: flower }) +
      ellipse(x + size * 0.27, at - size * 0.92, size * 0.15, size * 0.3, { fill: flower })
    );
  });
}

function building(drawing: Drawing, x: number): string {
  const { ink, mood, palette } = drawing;
  const wall = lit(drawing, mix(palette.pale, palette.wood, 0.34), 0.08);
  const roof = lit(drawing, mix(palette.deep, palette.rose, 0.3), 0.06);
  const fill = ink.linear(
    [
      [0, wall],
      [1, lighten(wall, -0.13)],
    ],
    [0, 0],
    [1, 1],
  );
  const pane = mood.lampsLit ? lighten(mood.lamp, 0.05) : lit(drawing, palette.silver, 0.2);
  const shine = mood.lampsLit ? glow(drawing, x + 92, PLATFORM - 96, 190, mood.lamp, 0.6) : '';
  const bars =
    line(
      [
        [x + 92, PLATFORM - 138],
        [x + 92, PLATFORM - 52],
      ],
      { stroke: roof, width: 5 },
    ) +
    line(
      [
        [x + 58, PLATFORM - 96],
        [x + 126, PLATFORM - 96],
      ],
      { stroke: roof, width: 5 },
    );
  return (
    rect(x, PLATFORM - 176, 330, 178, { fill }) +
    polygon(
      [
        [x - 34, PLATFORM - 168],
        [x + 42, PLATFORM - 268],
        [x + 296, PLATFORM - 268],
        [x + 370, PLATFORM - 168],
      ],
      { fill: roof },
    ) +
    polygon(
      [
        [x - 34, PLATFORM - 168],
        [x - 14, PLATFORM - 150],
        [x + 350, PLATFORM - 150],
        [x + 370, PLATFORM - 168],
      ],
      { fill: lighten(roof, -0.07) },
    ) +
    rect(x + 246, PLATFORM - 306, 26, 60, { fill: lighten(roof, 0.04) }) +
    shine +
    rect(x + 58, PLATFORM - 138, 68, 86, { fill: pane }, 4) +
    bars +
    rect(x + 190, PLATFORM - 134, 70, 134, { fill: lit(drawing, mix(palette.teal, palette.deep, 0.35), 0.05) }, 5) +
    circle(x + 248, PLATFORM - 66, 5, { fill: lit(drawing, palette.warm) })
  );
}

function clock(drawing: Drawing, x: number): string {
  const { mood, palette } = drawing;
  const iron = lit(drawing, palette.deep, 0.05);
  const y = PLATFORM - 214;
  return (
    line(
      [
        [x, PLATFORM],
        [x, y],
      ],
      { stroke: iron, width: 10 },
    ) +
    (mood.lampsLit ? glow(drawing, x, y, 120, mix(mood.lamp, mood.key, 0.5), 0.45) : '') +
    circle(x, y, 40, { fill: iron }) +
    circle(x, y, 32, { fill: lit(drawing, palette.pale) }) +
    line(
      [
        [x, y],
        [x, y - 22],
      ],
      { stroke: iron, width: 5 },
    ) +
    line(
      [
        [x, y],
        [x + 15, y + 9],
      ],
      { stroke: iron, width: 5 },
    )
  );
}

function platform(drawing: Drawing): string {
  const { ink, palette, width } = drawing;
  const stone = lit(drawing, mix(palette.silver, palette.violet, 0.3));
  const fill = ink.linear([
    [0, lighten(stone, 0.04)],
    [1, lighten(stone, -0.16)],
  ]);
  return (
    rect(-BLEED, PLATFORM, width + 2 * BLEED, 400, { fill }) +
    rect(-BLEED, PLATFORM - 5, width + 2 * BLEED, 9, { fill: lighten(stone, 0.1) }) +
    repeat(16, (index) =>
      line(
        [
          [-BLEED + index * 120, PLATFORM + 8],
          [-BLEED - 60 + index * 128, 760],
        ],
        { stroke: lighten(stone, -0.1), width: 3, opacity: 0.5 },
      ),
    )
  );
}

function road(drawing: Drawing): string {
  const { palette, width } = drawing;
  const dust = lit(drawing, mix(palette.pale, palette.wood, 0.25), 0.15);
  return path(
    `M${width * 0.2} 760Q${width * 0.36} 610 ${width * 0.52} 560T${width * 0.66} 470T${width * 0.61} 404L${width * 0.625} 404Q${width * 0.73} 470 ${width * 0.64} 566T${width * 0.62} 760Z`,
    { fill: dust, opacity: 0.9 },
  );
}

/** Hats lying along the road, smaller with distance. */
function hatsOnRoad(drawing: Drawing): string {
  const spots = [
    [0.44, 668, 0.62],
    [0.6, 580, 0.4],
    [0.68, 508, 0.26],
    [0.63, 446, 0.18],
  ] as const;
  return spots
    .map(([x, y, scale]) =>
      placed(hat(drawing, drawing.shotRandom), x * drawing.width, y, scale, between(drawing.shotRandom, -14, 14)),
    )
    .join('');
}

/** A railway station where the moor has grown over the rails: the platform, or the road up to it. */
export function moorStation(drawing: Drawing): Scene {
  const { placeRandom, width } = drawing;
  const onTheRoad = /road|climb|trail|path|ridge|running down/i.test(drawing.text);
  const x = width * between(placeRandom, 0.56, 0.62);
  const near = onTheRoad
    ? placed(building(drawing, 0) + clock(drawing, -50), width * 0.57, 262, 0.24) +
      road(drawing) +
      hatsOnRoad(drawing) +
      heather(drawing, 660, 0.08, 60)
    : building(drawing, x) + clock(drawing, width * 0.2) + platform(drawing);
  return {
    back: sky(drawing, HORIZON) + hills(drawing) + heather(drawing, 520, 0.4, 50) + near,
    front: heather(drawing, 742, 0, 26),
    ground: onTheRoad ? 676 : 650,
    afloat: false,
  };
}
