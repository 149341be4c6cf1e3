import { type Colour, lighten, mix } from '../colour.ts';
import { circle, ellipse, line, path } from '../shapes.ts';
import type { Acting, Emotion } from './acting.ts';
import type { Cutout } from './cutout.ts';
import type { Look } from './look.ts';

const HEAD = 'M-46 -6C-46 -44 -24 -55 2 -55C30 -55 48 -40 47 -6C46 24 28 51 5 52C-20 52 -44 28 -46 -6Z';
const INK = '#2b2230';

/** Inner and outer ends of the brows, in height, and the shape of the mouth. */
const EXPRESSIONS: Readonly<Record<Emotion, { inner: number; outer: number; mouth: string; open: boolean }>> = {
  calm: { inner: -23, outer: -22, mouth: 'M2 27Q13 32 24 26', open: false },
  glad: { inner: -26, outer: -23, mouth: 'M-4 22Q13 48 30 21Q13 28 -4 22Z', open: true },
  sad: { inner: -28, outer: -19, mouth: 'M3 32Q13 25 23 31', open: false },
  worried: { inner: -29, outer: -20, mouth: 'M3 31Q8 26 13 30T24 28', open: false },
  surprised: { inner: -31, outer: -29, mouth: 'M5 27Q13 17 21 27Q22 41 13 41Q4 41 5 27Z', open: true },
  cross: { inner: -17, outer: -26, mouth: 'M2 32Q13 23 25 30', open: false },
  tired: { inner: -23, outer: -17, mouth: 'M4 30Q13 29 22 31', open: false },
};

function eye(x: number, skin: Colour, { emotion, eyesShut }: Acting): string {
  if (eyesShut) return path(`M${x - 9} -1Q${x} 7 ${x + 9} -1`, { stroke: INK, width: 4 });
  const wide = emotion === 'surprised' || emotion === 'worried';
  const white = ellipse(x, -2, 10, wide ? 12 : 10, { fill: mix('#fffaf2', skin, 0.12) });
  const pupil =
    ellipse(x + 2.6, -1, 6, wide ? 7 : 7.4, { fill: INK }) + circle(x + 5, -4, 2.3, { fill: '#ffffff', opacity: 0.95 });
  const lid = emotion === 'tired' || emotion === 'sad' ? 5 : emotion === 'cross' ? 2 : 0;
  const lidShape =
    lid === 0 ? '' : path(`M${x - 12} -4Q${x} ${-16} ${x + 12} -4L${x + 12} ${-14}H${x - 12}Z`, { fill: skin });
  return `${white}${pupil}${lidShape}${path(`M${x - 11} ${-5 + lid * 0.4}Q${x} ${-15 + lid} ${x + 11} ${-5 + lid * 0.4}`, { stroke: INK, width: 3 })}`;
}

/** Brows are drawn over the hair, since a fringe would hide what somebody feels. */
export function brows(look: Look, emotion: Emotion): string {
  const { inner, outer } = EXPRESSIONS[emotion];
  const colour = look.hairStyle === 'bald' ? INK : lighten(look.hair, -0.12);
  const width = look.beard ? 9 : 4.6;
  return (
    line(
      [
        [-22, outer],
        [-2, inner],
      ],
      { stroke: colour, width },
    ) +
    line(
      [
        [26, inner],
        [44, outer],
      ],
      { stroke: colour, width },
    )
  );
}

function mouth(emotion: Emotion, skin: Colour): string {
  const { mouth: d, open } = EXPRESSIONS[emotion];
  if (!open) return path(d, { stroke: mix(INK, skin, 0.12), width: 4 });
  return (
    path(d, { fill: '#5c2730' }) +
    (emotion === 'glad' ? path('M0 25Q13 32 27 24L26 27Q13 34 1 28Z', { fill: '#fff6ea' }) : '')
  );
}

function beard(cut: Cutout, { hair }: Look, emotion: Emotion): string {
  const open = emotion === 'glad' || emotion === 'surprised' || emotion === 'cross';
  return (
    cut.piece(
      'M-46 2C-56 62 -38 114 6 122C50 114 62 58 49 0C42 22 38 20 30 14Q12 4 -10 15C-26 24 -38 22 -46 2Z',
      hair,
    ) +
    (open ? ellipse(12, 34, 11, 7, { fill: '#5c2730' }) : '') +
    cut.flat('M12 20C2 12 -18 18 -24 32C-8 34 4 32 12 26C20 32 32 34 44 30C38 16 22 12 12 20Z', lighten(hair, 0.06)) +
    path('M-14 60Q-6 86 4 100M16 62Q20 88 14 106M34 54Q38 74 32 90', {
      stroke: cut.tone(lighten(hair, -0.08)),
      width: 4,
      opacity: 0.7,
    })
  );
}

function glasses(): string {
  const wire = { stroke: '#4b3b33', width: 3 };
  return (
    circle(-9, -2, 16, wire) +
    circle(32, -2, 16, wire) +
    line(
      [
        [7, -3],
        [16, -3],
      ],
      wire,
    ) +
    line(
      [
        [-25, -4],
        [-45, -6],
      ],
      wire,
    ) +
    circle(-9, -2, 15, { fill: '#ffffff', opacity: 0.14 }) +
    circle(32, -2, 15, { fill: '#ffffff', opacity: 0.14 })
  );
}

function freckles(skin: Colour): string {
  const fill = mix(skin, '#a85a32', 0.5);
  return [
    [-22, 12],
    [-15, 17],
    [-26, 19],
    [32, 14],
    [39, 11],
    [36, 19],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 1.9, { fill, opacity: 0.8 }))
    .join('');
}

/** A face turned a little to the right, with what it feels. */
export function face(cut: Cutout, look: Look, acting: Acting): string {
  const skin = cut.tone(look.skin);
  const blush = mix(skin, '#e0675a', look.spirit ? 0.1 : 0.4);
  return (
    cut.piece('M-50 -4a10 13 0 1 0 12 18Z', look.skin) +
    cut.piece(HEAD, look.skin) +
    ellipse(-19, 17, 11, 7, { fill: blush, opacity: 0.55 }) +
    ellipse(37, 16, 8, 7, { fill: blush, opacity: 0.55 }) +
    (look.freckles ? freckles(skin) : '') +
    eye(-9, skin, acting) +
    eye(32, skin, acting) +
    path('M16 0Q25 12 15 14', { stroke: lighten(skin, -0.14), width: 4 }) +
    (look.beard ? beard(cut, look, acting.emotion) : mouth(acting.emotion, skin)) +
    (look.glasses ? glasses() : '')
  );
}
