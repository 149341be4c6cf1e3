import { BLEED, glow, sky } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit } from '../drawing.ts';
import { between, circle, ellipse, faded, line, path, polygon, rect, repeat } from '../shapes.ts';

/** Where things stand in a room. */
export const FLOOR = 584;

/** A wall with boards and the beams of a roof. */
export function wall(drawing: Drawing, colour: string): string {
  const { ink, mood, width } = drawing;
  const near = lit(drawing, colour);
  const light = mix(near, mood.lampsLit ? mood.lamp : mood.key, 0.16);
  const fill = ink.linear(
    mood.side === 1
      ? [
          [0, lighten(near, -0.1)],
          [0.6, light],
          [1, near],
        ]
      : [
          [0, near],
          [0.4, light],
          [1, lighten(near, -0.1)],
        ],
    [0, 0],
    [1, 0.3],
  );
  const boards = repeat(amount(drawing, 13), (index) =>
    line(
      [
        [-BLEED + index * 140, -BLEED],
        [-BLEED + index * 140, FLOOR],
      ],
      { stroke: lighten(near, -0.07), width: 3, opacity: 0.5 },
    ),
  );
  return rect(-BLEED, -BLEED, width + 2 * BLEED, FLOOR + BLEED, { fill }) + boards;
}

export function beams(drawing: Drawing): string {
  const wood = lit(drawing, mix(drawing.palette.wood, drawing.palette.deep, 0.45));
  const { width } = drawing;
  return (
    polygon(
      [
        [-BLEED, 230],
        [width * 0.3, -60],
        [width * 0.34, -60],
        [-BLEED, 300],
      ],
      { fill: wood },
    ) +
    polygon(
      [
        [width + BLEED, 230],
        [width * 0.7, -60],
        [width * 0.66, -60],
        [width + BLEED, 300],
      ],
      { fill: lighten(wood, -0.03) },
    ) +
    rect(-BLEED, 34, width + 2 * BLEED, 30, { fill: lighten(wood, 0.03) }) +
    rect(-BLEED, 64, width + 2 * BLEED, 9, { fill: '#000000', opacity: 0.18 })
  );
}

export function floor(drawing: Drawing, colour: string): string {
  const { ink, width } = drawing;
  const near = lit(drawing, colour);
  const fill = ink.linear([
    [0, lighten(near, -0.06)],
    [1, lighten(near, 0.05)],
  ]);
  const boards = repeat(14, (index) => {
    const top = -100 + index * ((width + 200) / 13);
    return line(
      [
        [top, FLOOR],
        [(top - width / 2) * 1.9 + width / 2, 760],
      ],
      { stroke: lighten(near, -0.1), width: 3, opacity: 0.55 },
    );
  });
  return (
    rect(-BLEED, FLOOR, width + 2 * BLEED, 420, { fill }) +
    boards +
    rect(-BLEED, FLOOR - 12, width + 2 * BLEED, 14, { fill: lighten(near, -0.12) })
  );
}

/** A round window with the hour's sky in it, and its light falling into the room. */
export function roundWindow(drawing: Drawing, x: number, y: number, radius: number): string {
  const { ink, mood, palette } = drawing;
  const frame = lit(drawing, mix(palette.wood, palette.deep, 0.3));
  const view = `<g clip-path="${ink.clip(circle(x, y, radius, {}))}">${faded(sky(drawing, y + radius * 0.8), 1)}</g>`;
  const night = mood.hour === 'night';
  const shaft = ink.linear([
    [0, mood.key, night ? 0.16 : 0.42],
    [1, mood.key, 0],
  ]);
  const lean = mood.side * -180;
  return (
    glow(drawing, x, y, radius * 2.6, mood.key, night ? 0.25 : 0.5) +
    view +
    circle(x, y, radius, { stroke: frame, width: 16 }) +
    line(
      [
        [x, y - radius],
        [x, y + radius],
      ],
      { stroke: frame, width: 9 },
    ) +
    line(
      [
        [x - radius, y],
        [x + radius, y],
      ],
      { stroke: frame, width: 9 },
    ) +
    polygon(
      [
        [x - radius * 0.8, y + 10],
        [x + radius * 0.8, y + 10],
        [x + radius * 1.8 + lean, 740],
        [x - radius * 1.8 + lean, 740],
      ],
      { fill: shaft },
    )
  );
}

/** A table lamp with a shade whose foot is at `y`. */
export function tableLamp(drawing: Drawing, x: number, y: number, radius = 300): string {
  const { mood, palette } = drawing;
  const brass = lit(drawing, mix(palette.warm, palette.wood, 0.35));
  const shade = mood.lampsLit ? lighten(mood.lamp, 0.08) : lit(drawing, mix(palette.leaf, palette.pale, 0.3));
  return (
    (mood.lampsLit ? glow(drawing, x, y - 74, radius, mood.lamp, 0.7) : '') +
    ellipse(x, y - 2, 24, 6, { fill: brass }) +
    line(
      [
        [x, y - 4],
        [x, y - 62],
      ],
      { stroke: brass, width: 6 },
    ) +
    path(`M${x - 38} ${y - 56}L${x - 20} ${y - 98}H${x + 20}L${x + 38} ${y - 56}Q${x} ${y - 46} ${x - 38} ${y - 56}Z`, {
      fill: shade,
    })
  );
}

/** A long bench or counter in front of the wall; `top` is the height of its upper edge. */
export function bench(drawing: Drawing, left: number, right: number, top: number): string {
  const { ink, palette } = drawing;
  const wood = lit(drawing, mix(palette.wood, palette.warm, 0.16));
  const fill = ink.linear([
    [0, lighten(wood, 0.02)],
    [1, lighten(wood, -0.16)],
  ]);
  const panels = repeat(Math.floor((right - left) / 130), (index) =>
    rect(left + 22 + index * 130, top + 36, 96, FLOOR + 50 - top, { fill: lighten(wood, -0.1), opacity: 0.5 }, 6),
  );
  return (
    rect(left, top, right - left, FLOOR + 40 - top, { fill }) +
    panels +
    rect(left - 14, top - 10, right - left + 28, 22, { fill: lighten(wood, 0.1) }, 5)
  );
}

/** Garments, fog or rain pegged to a line. */
export function washingLine(drawing: Drawing, y: number): string {
  const { palette, placeRandom, width } = drawing;
  const [left, right] = [width * 0.3, width * 0.72];
  const rope = path(`M${left} ${y}Q${width / 2} ${y + 46} ${right} ${y - 8}`, {
    stroke: lit(drawing, palette.pale),
    width: 2.6,
  });
  const drops = repeat(amount(drawing, 13), (index) => {
    const share = (index + 0.5) / 13;
    const x = left + (right - left) * share;
    const sag = y + 46 * 2 * share * (1 - share);
    const colour = lit(drawing, mix(palette.silver, palette.teal, placeRandom() * 0.6));
    return repeat(3, (drop) => {
      const at = sag + 16 + drop * between(placeRandom, 17, 24);
      return path(`M${x} ${at - 9}q7 10 0 14q-7 -4 0 -14Z`, { fill: colour, opacity: 0.85 });
    });
  });
  return rope + drops;
}
