import type { Random } from '../../seed.ts';
import { type Colour, lighten } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { path } from '../shapes.ts';

/** A lost hat, about 120 wide, its brim at the origin. */
export function hat(drawing: Drawing, random: Random): string {
  const { palette } = drawing;
  const cloths: readonly Colour[] = [
    palette.deep,
    palette.wood,
    palette.rose,
    palette.teal,
    palette.violet,
    palette.warm,
  ];
  const cloth = lit(drawing, cloths[Math.floor(random() * cloths.length)] ?? palette.deep);
  const band = lighten(cloth, 0.16);
  const height = 40 + random() * 26;
  return (
    path(`M-36 -2Q-40 ${-height} -20 ${-height - 4}Q0 ${-height - 12} 20 ${-height - 4}Q40 ${-height} 36 -2Z`, {
      fill: cloth,
    }) +
    path('M-37 -16Q0 -6 37 -16V-2Q0 8 -37 -2Z', { fill: band }) +
    path('M-64 0Q0 -14 64 0Q56 14 0 15T-64 0Z', { fill: lighten(cloth, 0.04) })
  );
}
