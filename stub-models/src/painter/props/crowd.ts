import type { Random } from '../../seed.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit } from '../drawing.ts';
import { between, circle, path, placed, repeat } from '../shapes.ts';

function passer(drawing: Drawing, random: Random): string {
  const { palette } = drawing;
  const cloths: readonly Colour[] = [
    palette.rose,
    palette.teal,
    palette.violet,
    palette.wood,
    palette.silver,
    palette.deep,
  ];
  const cloth = lit(drawing, cloths[Math.floor(random() * cloths.length)] ?? palette.deep, 0.06);
  const skin = lit(drawing, mix('#f0c6a2', '#7a4c30', random()), 0.06);
  const wears = random();
  const headgear =
    wears < 0.5
      ? path('M-17 -112Q0 -120 17 -112L14 -106H-14Z', { fill: lighten(cloth, -0.1) }) +
        path('M-10 -112Q0 -136 10 -112Z', { fill: lighten(cloth, -0.1) })
      : path('M-13 -106Q-12 -124 0 -124T13 -106Q0 -114 -13 -106Z', { fill: lighten(skin, -0.3) });
  return (
    path('M-10 -92Q-26 -88 -27 -60L-31 0H31L27 -60Q26 -88 10 -92Z', { fill: cloth }) +
    path('M4 -90Q22 -86 24 -58L28 0H8Z', { fill: lighten(cloth, 0.05 * drawing.mood.side), opacity: 0.7 }) +
    circle(0, -104, 13, { fill: skin }) +
    headgear
  );
}

/** A row of townspeople with their feet about `y`. */
export function crowd(drawing: Drawing, y: number, scale: number): string {
  const { shotRandom, width } = drawing;
  const count = amount(drawing, Math.round(12 / Math.max(0.6, scale)));
  return repeat(count, (index) => {
    const x = (index + 0.5 + between(shotRandom, -0.3, 0.3)) * (width / count);
    return placed(
      passer(drawing, shotRandom),
      x,
      y + between(shotRandom, -6, 10),
      scale * between(shotRandom, 0.86, 1.1),
    );
  });
}
