import type { Random } from '../seed.ts';
import { n } from './ink.ts';

export type Point = readonly [x: number, y: number];

/** What all shapes share: a fill, and optionally opacity and further attributes. */
interface Paint {
  fill?: string;
  stroke?: string;
  width?: number;
  opacity?: number;
}

function attributes({ fill = 'none', stroke, width = 1, opacity = 1 }: Paint): string {
  const line =
    stroke === undefined
      ? ''
      : ` stroke="${stroke}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"`;
  return `fill="${fill}"${line}${opacity === 1 ? '' : ` opacity="${Math.round(opacity * 100) / 100}"`}`;
}

export function path(d: string, paint: Paint): string {
  return `<path d="${d}" ${attributes(paint)}/>`;
}

export function rect(x: number, y: number, width: number, height: number, paint: Paint, round = 0): string {
  const corner = round === 0 ? '' : ` rx="${n(round)}"`;
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${corner} ${attributes(paint)}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, paint: Paint): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" ${attributes(paint)}/>`;
}

export function circle(x: number, y: number, radius: number, paint: Paint): string {
  return ellipse(x, y, radius, radius, paint);
}

export function polygon(points: readonly Point[], paint: Paint): string {
  return path(`M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`, paint);
}

export function line(points: readonly Point[], paint: Paint): string {
  return path(`M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}`, paint);
}

/** A soft curve through the middles between points; starts at the first and ends at the last. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${n(first[0])} ${n(first[1])}`;
  rest.forEach(([x, y], index) => {
    const next = rest[index + 1];
    d += next === undefined ? `L${n(x)} ${n(y)}` : `Q${n(x)} ${n(y)} ${n((x + next[0]) / 2)} ${n((y + next[1]) / 2)}`;
  });
  return d;
}

/** Land with an uneven edge, filled down to `bottom`. */
export function ridge(
  random: Random,
  edge: { left: number; right: number; y: number; height: number; step: number; bottom: number },
  paint: Paint,
): string {
  const points: Point[] = [];
  for (let x = edge.left; x <= edge.right + edge.step; x += edge.step) {
    points.push([x, edge.y - random() * edge.height]);
  }
  return path(`${curve(points)}V${n(edge.bottom)}H${n(edge.left)}Z`, paint);
}

/** A group that is moved, rotated and scaled about its origin. */
export function placed(content: string, x: number, y: number, scale: number | Point = 1, turn = 0): string {
  const [sx, sy] = typeof scale === 'number' ? [scale, scale] : scale;
  const size = sx === 1 && sy === 1 ? '' : ` scale(${Math.round(sx * 1000) / 1000} ${Math.round(sy * 1000) / 1000})`;
  return `<g transform="translate(${n(x)} ${n(y)})${turn === 0 ? '' : ` rotate(${n(turn)})`}${size}">${content}</g>`;
}

export function faded(content: string, opacity: number): string {
  return content === '' ? '' : `<g opacity="${Math.round(opacity * 100) / 100}">${content}</g>`;
}

/** A random number between two. */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random();
}

/** Draws something several times and joins the results. */
export function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}
