import type { Colour } from './colour.ts';

/** A gradient stop: its position from 0 to 1, its colour and its opacity. */
type Stop = readonly [at: number, colour: Colour, opacity?: number];

/** Creates the gradients of one picture and collects them until they are written out. */
export interface Ink {
  /** A fill from one corner of the shape's box (0…1 each way) to another. */
  linear(stops: readonly Stop[], from?: readonly [number, number], to?: readonly [number, number]): string;
  /** A fill from the middle of the shape's box to its edge. */
  radial(stops: readonly Stop[]): string;
  /** A region to cut other shapes to, as the value of `clip-path`. */
  clip(shape: string): string;
  definitions(): string;
}

/** A number, rounded to what a picture needs. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function stopsText(stops: readonly Stop[]): string {
  return stops
    .map(([at, colour, opacity = 1]) => {
      const alpha = opacity === 1 ? '' : ` stop-opacity="${Math.round(opacity * 1000) / 1000}"`;
      return `<stop offset="${Math.round(at * 1000) / 1000}" stop-color="${colour}"${alpha}/>`;
    })
    .join('');
}

export function createInk(): Ink {
  const definitions: string[] = [];
  const known = new Map<string, string>();

  function define(content: (id: string) => string): string {
    const key = content('');
    const url = known.get(key);
    if (url !== undefined) return url;
    const id = `d${definitions.length}`;
    definitions.push(content(id));
    known.set(key, `url(#${id})`);
    return `url(#${id})`;
  }

  return {
    linear: (stops, [x1, y1] = [0, 0], [x2, y2] = [0, 1]) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}">${stopsText(stops)}</linearGradient>`,
      ),
    radial: (stops) => define((id) => `<radialGradient id="${id}">${stopsText(stops)}</radialGradient>`),
    clip: (shape) => define((id) => `<clipPath id="${id}">${shape}</clipPath>`),
    definitions: () => `<defs>${definitions.join('')}</defs>`,
  };
}
