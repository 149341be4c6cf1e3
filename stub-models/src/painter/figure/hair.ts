import { type Colour, lighten } from '../colour.ts';
import { circle, line, path, repeat } from '../shapes.ts';
import type { Cutout } from './cutout.ts';
import type { Look } from './look.ts';

const CAP_OF_HAIR = 'M-50 6C-56 -44 -28 -64 4 -64C38 -64 55 -40 51 -6C44 -34 22 -44 4 -43C-22 -42 -42 -26 -50 6Z';
const FRINGE =
  'M-53 4C-57 -46 -28 -68 5 -67C40 -67 58 -42 53 -2C49 -14 43 -24 36 -31C28 -20 14 -18 2 -24C-8 -14 -24 -14 -34 -24C-42 -18 -48 -8 -53 4Z';

/** What of the hair lies behind the head. */
export function hairBehind(cut: Cutout, { hair, hairStyle, needles }: Look): string {
  switch (hairStyle) {
    case 'bob':
      return cut.piece(
        'M-60 22C-72 -44 -42 -76 4 -74C50 -74 70 -40 62 24Q60 50 42 46Q8 38 -36 48Q-58 48 -60 22Z',
        hair,
      );
    case 'long':
      return cut.piece(
        'M-56 0C-64 -52 -36 -72 4 -72C46 -72 64 -44 58 4Q70 80 52 138Q4 156 -54 140Q-70 70 -56 0Z',
        hair,
      );
    case 'bun':
      return (
        (needles
          ? line(
              [
                [-66, -112],
                [14, -58],
              ],
              { stroke: cut.tone('#d3a445'), width: 6 },
            ) +
            line(
              [
                [-2, -116],
                [-62, -52],
              ],
              { stroke: cut.tone('#c9706a'), width: 6 },
            )
          : '') + cut.piece('M-58 -74a29 27 0 1 0 58 0a29 27 0 1 0 -58 0Z', hair)
      );
    case 'braid':
      return repeat(5, (index) => {
        const y = 34 + index * 27;
        return cut.piece(`M-52 ${y - 16}q-24 14 -4 32q24 -4 18 -24q-2 -12 -14 -8Z`, hair);
      });
    case 'streaming':
      return repeat(5, (index) => {
        const y = -52 + index * 22;
        const reach = 250 - Math.abs(index - 2) * 34;
        const d = `M-8 ${y - 14}C-90 ${y - 40} -130 ${y + 26} ${-reach} ${y - 26 + index * 6}C-140 ${y + 44} -90 ${y + 8} -8 ${y + 26}Z`;
        return path(d, { fill: cut.tone(index % 2 === 0 ? hair : lighten(hair, 0.06)), opacity: 0.82 });
      });
    case 'curls':
      return repeat(9, (index) => {
        const angle = Math.PI * (0.9 + (index / 8) * 1.2);
        return circle(4 + Math.cos(angle) * 50, -8 + Math.sin(angle) * 52, 25, {
          fill: cut.tone(lighten(hair, -0.03)),
        });
      });
    case 'short':
    case 'bald':
      return '';
    default:
      return hairStyle satisfies never;
  }
}

function curlsInFront(cut: Cutout, hair: Colour): string {
  return repeat(7, (index) => {
    const x = -42 + index * 15;
    return circle(x, -44 - Math.sin((index / 6) * Math.PI) * 16, 16, {
      fill: cut.tone(index % 2 === 0 ? hair : lighten(hair, 0.04)),
    });
  });
}

/** What of the hair lies over the forehead. */
export function hairInFront(cut: Cutout, { hair, hairStyle }: Look): string {
  switch (hairStyle) {
    case 'bob':
      return (
        cut.piece(FRINGE, hair) +
        path('M-30 -52Q0 -66 34 -50', { stroke: cut.tone(lighten(hair, 0.12)), width: 4, opacity: 0.6 })
      );
    case 'short':
      return cut.piece(
        'M-52 -2C-58 -40 -40 -62 -22 -68L-20 -78L-2 -70L10 -82L20 -68L38 -68L42 -54C54 -44 56 -24 52 -4C48 -22 42 -30 36 -36C18 -28 -22 -28 -38 -34C-44 -26 -50 -14 -52 -2Z',
        hair,
      );
    case 'curls':
      return curlsInFront(cut, hair);
    case 'bald':
      return '';
    case 'bun':
    case 'long':
    case 'braid':
    case 'streaming':
      return (
        cut.piece(CAP_OF_HAIR, hair) +
        path('M-34 -40Q0 -64 38 -42', { stroke: cut.tone(lighten(hair, 0.12)), width: 4, opacity: 0.55 })
      );
    default:
      return hairStyle satisfies never;
  }
}

/** The head from behind: all hair, or bare. */
export function hairFromBehind(cut: Cutout, look: Look): string {
  const colour = look.hairStyle === 'bald' ? look.skin : look.hair;
  const crown = cut.piece(
    'M-52 4C-58 -46 -30 -68 2 -68C38 -68 58 -44 54 4C52 40 28 54 2 54C-28 54 -50 38 -52 4Z',
    colour,
  );
  const strands =
    look.hairStyle === 'bald'
      ? ''
      : repeat(4, (index) =>
          path(`M${-30 + index * 20} -48Q${-40 + index * 26} 0 ${-32 + index * 22} 40`, {
            stroke: cut.tone(lighten(colour, -0.07)),
            width: 4,
            opacity: 0.6,
          }),
        );
  return crown + strands;
}
