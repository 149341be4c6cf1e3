import type { Random } from '../../seed.ts';
import { type Colour, lighten } from '../colour.ts';
import { amount, type Drawing, lit } from '../drawing.ts';
import { n } from '../ink.ts';
import { between, circle, ellipse, line, path, repeat } from '../shapes.ts';

/** A small wind sewn of patches, about 160 wide and 130 high, standing on the origin. */
export function swirl(drawing: Drawing, random: Random): string {
  const { palette } = drawing;
  const cloths: readonly Colour[] = [palette.teal, palette.pale, palette.rose, palette.silver, palette.warm];
  const turns = repeat(5, (index) => {
    const half = 26 + index * 15;
    const y = -12 - index * 25;
    const lean = Math.sin(index * 1.3) * 10;
    const cloth = lit(drawing, cloths[index % cloths.length] ?? palette.teal);
    const d = `M${n(lean - half)} ${n(y)}Q${n(lean)} ${n(y + 26)} ${n(lean + half)} ${n(y - 4)}Q${n(lean + half + 14)} ${n(y - 16)} ${n(lean + half - 6)} ${n(y - 20)}Q${n(lean)} ${n(y + 2)} ${n(lean - half + 4)} ${n(y - 18)}Q${n(lean - half - 12)} ${n(y - 10)} ${n(lean - half)} ${n(y)}Z`;
    const stitch = line(
      [
        [lean - half * 0.5, y + 4],
        [lean + half * 0.4, y + 6],
      ],
      { stroke: lighten(cloth, -0.2), width: 2, opacity: 0.7 },
    );
    return path(d, { fill: cloth, opacity: 0.9 }) + stitch;
  });
  const eyes =
    circle(8, -96, 5, { fill: '#2b2230' }) +
    circle(34, -98, 5, { fill: '#2b2230' }) +
    path('M14 -84q7 7 14 0', { stroke: '#2b2230', width: 3 });
  const leaves = repeat(amount(drawing, 9), () => {
    const x = between(random, -120, 120);
    return ellipse(x, between(random, -150, -10), 6, 3, {
      fill: lit(drawing, cloths[Math.floor(random() * 5)] ?? palette.warm),
      opacity: 0.9,
    });
  });
  return ellipse(0, 2, 46, 8, { fill: '#0b0d1c', opacity: 0.25 }) + turns + eyes + leaves;
}
