import type { Random } from '../../seed.ts';
import { type Colour, lighten } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { n } from '../ink.ts';
import { line, path, polygon, repeat } from '../shapes.ts';

/** A kite about 110 high, its lower tip at the origin, with a tail of bows. */
export function kite(drawing: Drawing, random: Random, colour?: Colour): string {
  const { palette } = drawing;
  const cloths: readonly Colour[] = [palette.rose, palette.warm, palette.teal, palette.violet, palette.silver];
  const cloth = lit(drawing, colour ?? cloths[Math.floor(random() * cloths.length)] ?? palette.rose);
  const stick = lighten(cloth, -0.2);
  const bow = (index: number) => {
    const x = Math.sin(index * 1.1) * 12;
    const y = 20 + index * 19;
    const colour = lit(drawing, cloths[index % cloths.length] ?? palette.pale);
    return path(`M${n(x)} ${n(y)}l-10 -6v12l20 -12v12Z`, { fill: colour });
  };
  return (
    path('M0 0Q14 16 10 34T-10 72T8 110', { stroke: stick, width: 2 }) +
    repeat(5, bow) +
    polygon(
      [
        [0, 0],
        [-40, -70],
        [0, -112],
        [40, -70],
      ],
      { fill: cloth },
    ) +
    polygon(
      [
        [0, 0],
        [0, -112],
        [40, -70],
      ],
      { fill: lighten(cloth, -0.07) },
    ) +
    polygon(
      [
        [0, -112],
        [-40, -70],
        [0, -70],
      ],
      { fill: lighten(cloth, 0.07) },
    ) +
    line(
      [
        [0, 0],
        [0, -112],
      ],
      { stroke: stick, width: 2.4 },
    ) +
    line(
      [
        [-40, -70],
        [40, -70],
      ],
      { stroke: stick, width: 2.4 },
    )
  );
}
