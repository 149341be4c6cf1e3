import { type Colour, lighten, mix } from '../colour.ts';
import type { Drawing } from '../drawing.ts';
import { path } from '../shapes.ts';

/** Draws the parts of a figure like cut paper: a shadow under each piece and light along one edge. */
export interface Cutout {
  /** A colour in the light of the picture. */
  tone(colour: Colour): Colour;
  /** A closed shape. */
  piece(d: string, colour: Colour): string;
  /** A thick round stroke, such as an arm. */
  limb(d: string, width: number, colour: Colour): string;
  /** A shape that lies flat on another one. */
  flat(d: string, colour: Colour, opacity?: number): string;
}

/** People keep more of their own colours than the place does, and catch a little of every lamp, to draw the eye. */
function inFigureLight({ mood }: Drawing, colour: Colour): Colour {
  const shaded = mix(colour, mood.ambient, mood.ambientShare * 0.42);
  return mood.lampsLit ? mix(shaded, mood.lamp, 0.08) : shaded;
}

/** @param mirrored whether the figure will be flipped, so that light comes from its other side */
export function createCutout(drawing: Drawing, mirrored: boolean): Cutout {
  const side = drawing.mood.side * (mirrored ? -1 : 1);
  const light = drawing.mood.lampsLit ? mix(drawing.mood.lamp, drawing.mood.key, 0.35) : drawing.mood.key;
  const shift = `<g transform="translate(${side * 3.4} -2.2)">`;
  const tone = (colour: Colour) => inFigureLight(drawing, colour);
  const rim = (colour: Colour) => mix(lighten(tone(colour), 0.1), light, 0.55);

  function shaded(colour: Colour): string {
    const base = tone(colour);
    const stops = [
      [0, lighten(base, -0.1)],
      [0.62, base],
      [1, mix(lighten(base, 0.05), light, 0.12)],
    ] as const;
    return side === 1 ? drawing.ink.linear(stops, [0, 0.6], [1, 0.2]) : drawing.ink.linear(stops, [1, 0.6], [0, 0.2]);
  }

  return {
    tone,
    piece: (d, colour) =>
      `<g transform="translate(${side * -3} 6)">${path(d, { fill: '#0b0d1c', opacity: 0.2 })}</g>` +
      `${shift}${path(d, { fill: rim(colour) })}</g>${path(d, { fill: shaded(colour) })}`,
    limb: (d, width, colour) =>
      `<g transform="translate(${side * -3} 6)">${path(d, { stroke: '#0b0d1c', width, opacity: 0.2 })}</g>` +
      `${shift}${path(d, { stroke: rim(colour), width })}</g>${path(d, { stroke: tone(colour), width })}`,
    flat: (d, colour, opacity = 1) => path(d, { fill: tone(colour), opacity }),
  };
}
