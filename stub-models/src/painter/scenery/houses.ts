import { glow } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { between, circle, path, polygon, rect, repeat } from '../shapes.ts';

function windows(drawing: Drawing, x: number, y: number, width: number, height: number, depth: number): string {
  const { mood, placeRandom } = drawing;
  const rows = Math.max(1, Math.floor(height / 62));
  const columns = Math.max(1, Math.floor(width / 44));
  const cell = width / columns;
  return repeat(rows * columns, (index) => {
    const on = placeRandom() < 0.6 && mood.lampsLit;
    const left = x + (index % columns) * cell + cell / 2 - 8;
    const top = y + 22 + Math.floor(index / columns) * 60;
    const pane = lit(drawing, mix(drawing.palette.deep, drawing.palette.silver, 0.35), depth);
    const light = on ? glow(drawing, left + 8, top + 11, 42, mood.lamp, 0.4) : '';
    return light + rect(left, top, 16, 23, { fill: on ? lighten(mood.lamp, 0.06) : pane }, 3);
  });
}

/** A narrow, slightly crooked house whose foot is at `y`. */
export function house(drawing: Drawing, x: number, y: number, width: number, height: number, depth: number): string {
  const { ink, mood, palette, placeRandom } = drawing;
  const tints: readonly Colour[] = [palette.pale, palette.silver, palette.warm, palette.rose, palette.teal];
  const tint = tints[Math.floor(placeRandom() * tints.length)] ?? palette.pale;
  const wall = lit(drawing, mix(palette.pale, tint, between(placeRandom, 0.2, 0.65)), depth);
  const roof = lit(drawing, mix(palette.rose, palette.deep, between(placeRandom, 0.1, 0.5)), depth);
  const lean = between(placeRandom, -7, 7);
  const dark = lighten(wall, -0.12);
  const fill = ink.linear(
    [
      [0, mood.side === 1 ? dark : wall],
      [1, mood.side === 1 ? wall : dark],
    ],
    [0, 0],
    [1, 0],
  );
  const top = y - height;
  const gable = width * between(placeRandom, 0.4, 0.66);
  const chimney = rect(x + width * 0.66, top - gable * 0.85, 15, gable * 0.7, { fill: lighten(roof, -0.06) });
  return (
    chimney +
    polygon(
      [
        [x, y],
        [x + lean, top],
        [x + width + lean, top],
        [x + width, y],
      ],
      { fill },
    ) +
    windows(drawing, x + lean / 2, top, width, height, depth) +
    polygon(
      [
        [x - 8 + lean, top + 5],
        [x + width / 2 + lean, top - gable],
        [x + width + 8 + lean, top + 5],
      ],
      { fill: roof },
    ) +
    polygon(
      [
        [x + width / 2 + lean, top - gable],
        [x + width + 8 + lean, top + 5],
        [x + width * 0.62 + lean, top + 5],
      ],
      {
        fill: lighten(roof, mood.side * 0.05),
      },
    )
  );
}

/** A small round lighthouse whose foot is at `y`, with its beam where lamps are lit. */
export function lighthouse(drawing: Drawing, x: number, y: number, height: number, depth: number): string {
  const { ink, mood, palette } = drawing;
  const wall = lit(drawing, palette.pale, depth);
  const band = lit(drawing, palette.rose, depth);
  const half = height * 0.13;
  const top = y - height;
  const fill = ink.linear(
    [
      [0, lighten(wall, -0.1)],
      [0.6, wall],
      [1, lighten(wall, -0.06)],
    ],
    [0, 0],
    [1, 0],
  );
  const tower = polygon(
    [
      [x - half, y],
      [x - half * 0.62, top],
      [x + half * 0.62, top],
      [x + half, y],
    ],
    { fill },
  );
  const stripe = (share: number) => {
    const w = half * (0.62 + 0.38 * share);
    const at = top + height * share;
    return polygon(
      [
        [x - w, at],
        [x + w, at],
        [x + w * 1.06, at + height * 0.15],
        [x - w * 1.06, at + height * 0.15],
      ],
      { fill: band },
    );
  };
  const beamFill = ink.linear(
    [
      [0, mood.lamp, 0.5],
      [1, mood.lamp, 0],
    ],
    [1, 0],
    [0, 0],
  );
  const beam = mood.lampsLit
    ? polygon(
        [
          [x, top - half * 0.7],
          [x - 620, top - 120],
          [x - 620, top + 50],
        ],
        { fill: beamFill },
      ) + glow(drawing, x, top - half * 0.7, height * 0.7, mood.lamp, 0.8)
    : '';
  return (
    beam +
    tower +
    stripe(0.18) +
    stripe(0.58) +
    rect(x - half * 0.9, top - 5, half * 1.8, 7, { fill: lit(drawing, palette.deep, depth) }) +
    rect(x - half * 0.5, top - half * 1.3, half, half * 1.3, {
      fill: mood.lampsLit ? lighten(mood.lamp, 0.1) : lit(drawing, palette.silver, depth),
    }) +
    path(`M${x - half * 0.7} ${top - half * 1.2}Q${x} ${top - half * 2.6} ${x + half * 0.7} ${top - half * 1.2}Z`, {
      fill: band,
    }) +
    circle(x, top - half * 2, half * 0.13, { fill: band })
  );
}
