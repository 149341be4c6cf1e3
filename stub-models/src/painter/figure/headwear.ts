import { lighten } from '../colour.ts';
import { circle } from '../shapes.ts';
import type { Cutout } from './cutout.ts';
import type { Look } from './look.ts';

/** What of a hood lies behind the head. */
export function headwearBehind(cut: Cutout, { garmentColour, headwear }: Look): string {
  if (headwear !== 'hood') return '';
  return cut.piece('M-70 60C-84 -50 -46 -92 4 -90C54 -90 84 -48 70 62Q4 84 -70 60Z', lighten(garmentColour, -0.06));
}

/** What is worn on the head. */
export function headwearInFront(cut: Cutout, { garmentColour, headwear, headwearColour }: Look, away: boolean): string {
  switch (headwear) {
    case 'cap':
      return (
        cut.piece('M-57 -28C-68 -60 -40 -90 6 -88C50 -88 74 -64 58 -30Q4 -46 -57 -28Z', lighten(garmentColour, -0.02)) +
        cut.flat('M-56 -27Q4 -48 57 -30L55 -46Q4 -64 -56 -44Z', headwearColour) +
        (away
          ? ''
          : cut.piece('M0 -36Q44 -44 72 -18Q44 -26 4 -22Q-6 -30 0 -36Z', '#23263a') +
            circle(18, -46, 8, { fill: cut.tone('#d9ab49') }))
      );
    case 'brim':
      return (
        cut.piece('M-46 -34C-50 -84 -28 -98 4 -98C38 -98 54 -82 48 -36Z', headwearColour) +
        cut.flat('M-47 -50Q4 -38 49 -52L48 -38Q4 -22 -46 -34Z', lighten(headwearColour, -0.16)) +
        cut.piece('M-82 -32Q4 -56 84 -36Q60 -14 4 -18T-82 -32Z', lighten(headwearColour, 0.03))
      );
    case 'crown':
      return cut.piece('M-44 -38L-50 -88L-24 -64L2 -98L28 -64L54 -90L48 -40Q4 -54 -44 -38Z', '#e0ab3e');
    case 'hood':
    case null:
      return '';
    default:
      return headwear satisfies never;
  }
}
