import { type Colour, lighten, mix } from '../colour.ts';
import { n } from '../ink.ts';
import { circle, line, path, placed, rect, repeat } from '../shapes.ts';
import type { Acting } from './acting.ts';
import type { Cutout } from './cutout.ts';
import type { Look } from './look.ts';
import { type Measures, SHOULDER_Y } from './measures.ts';

/** Torso and skirts of a garment, from the neck down to its hem. */
function garmentShape({ hem, hemHalf, shoulders }: Measures, length: number): string {
  const bottom = SHOULDER_Y + (hem - SHOULDER_Y) * length;
  const half = shoulders + (hemHalf - shoulders) * length;
  const s = shoulders;
  return (
    `M${n(-s * 0.42)} 46C${n(-s * 0.9)} 54 ${n(-s - 4)} ${SHOULDER_Y - 6} ${n(-s - 2)} ${SHOULDER_Y + 30}` +
    `L${n(-half)} ${n(bottom - 10)}Q0 ${n(bottom + 20)} ${n(half)} ${n(bottom - 10)}` +
    `L${n(s + 2)} ${SHOULDER_Y + 30}C${n(s + 4)} ${SHOULDER_Y - 6} ${n(s * 0.9)} 54 ${n(s * 0.42)} 46Z`
  );
}

export function legs(cut: Cutout, look: Look, { feet, hem, limb }: Measures, running: boolean): string {
  const from = hem - 40;
  const stride = running ? 46 : 0;
  const trousers = mix('#3a3440', look.boots, 0.3);
  const boot = (x: number, y: number) =>
    cut.piece(
      `M${n(x - 17)} ${n(y - 38)}H${n(x + 15)}L${n(x + 17)} ${n(y - 16)}Q${n(x + 38)} ${n(y - 10)} ${n(x + 38)} ${n(y)}H${n(x - 18)}Z`,
      look.boots,
    );
  return (
    cut.limb(`M-24 ${from}L${-24 - stride} ${n(feet - 24)}`, limb * 0.86, trousers) +
    boot(-24 - stride, feet - (running ? 12 : 0)) +
    cut.limb(`M26 ${from}L${26 + stride} ${n(feet - 24)}`, limb * 0.86, trousers) +
    boot(26 + stride, feet)
  );
}

function folds({ hem, hemHalf }: Measures, colour: Colour): string {
  return repeat(3, (index) => {
    const x = -hemHalf * 0.5 + index * hemHalf * 0.5;
    return path(`M${n(x * 0.8)} ${n(hem - 124)}Q${n(x)} ${n(hem - 70)} ${n(x * 1.08)} ${n(hem - 16)}`, {
      stroke: colour,
      width: 4,
      opacity: 0.4,
    });
  });
}

function coatDetails(cut: Cutout, look: Look, { hem, hemHalf, shoulders }: Measures): string {
  const dark = lighten(cut.tone(look.garmentColour), -0.11);
  const front = path(`M10 58Q16 ${n(hem * 0.6)} 14 ${n(hem + 4)}`, { stroke: dark, width: 4, opacity: 0.8 });
  const pocket = (x: number) => rect(x - 20, hem * 0.66, 40, 11, { fill: dark, opacity: 0.65 }, 4);
  const button = look.buttons ?? lighten(look.garmentColour, -0.22);
  const buttons = repeat(4, (index) => {
    const y = 104 + index * ((hem - 170) / 3);
    return (
      circle(28, y, 6.4, { fill: cut.tone(button) }) +
      (look.buttons === null ? '' : circle(-6, y, 6.4, { fill: cut.tone(button) }))
    );
  });
  const collar =
    cut.flat(
      `M${n(-shoulders * 0.42)} 44L6 92L-4 104L${n(-shoulders * 0.66)} 62Z`,
      lighten(look.garmentColour, -0.07),
    ) +
    cut.flat(`M${n(shoulders * 0.42)} 44L14 92L26 104L${n(shoulders * 0.7)} 60Z`, lighten(look.garmentColour, -0.05));
  return front + pocket(-hemHalf * 0.48) + pocket(hemHalf * 0.58) + buttons + collar;
}

function apron(cut: Cutout, colour: Colour, { hem, hemHalf, shoulders }: Measures): string {
  const dark = lighten(cut.tone(colour), -0.12);
  const d = `M${n(-shoulders * 0.34)} 92H${n(shoulders * 0.5)}L${n(shoulders * 0.62)} 170L${n(hemHalf * 0.78)} ${n(hem - 16)}Q6 ${n(hem + 2)} ${n(-hemHalf * 0.66)} ${n(hem - 14)}L${n(-shoulders * 0.5)} 170Z`;
  const pocket = (x: number, y: number) => path(`M${x - 20} ${y}h40v22q-20 12 -40 0Z`, { fill: dark, opacity: 0.45 });
  return (
    cut.piece(d, colour) +
    pocket(-20, 206) +
    pocket(34, 206) +
    pocket(6, 262) +
    line(
      [
        [-shoulders * 0.5, 168],
        [shoulders * 0.62, 168],
      ],
      { stroke: dark, width: 5 },
    )
  );
}

function shawl(cut: Cutout, colour: Colour, { shoulders: s }: Measures): string {
  return cut.piece(
    `M${n(-s * 0.5)} 44C${n(-s - 14)} 56 ${n(-s - 22)} 96 ${n(-s - 14)} 140Q${n(-s * 0.3)} 128 10 156Q${n(s * 0.5)} 128 ${n(s + 14)} 138C${n(s + 22)} 94 ${n(s + 12)} 56 ${n(s * 0.5)} 44Q10 70 ${n(-s * 0.5)} 44Z`,
    colour,
  );
}

export function scarf(cut: Cutout, colour: Colour): string {
  const stripe = cut.tone(lighten(colour, 0.12));
  return (
    cut.piece('M-34 62Q-48 92 -44 176L-16 180Q-14 112 -6 74Z', colour) +
    path('M-44 150l28 3M-45 162l28 3', { stroke: stripe, width: 4 }) +
    cut.piece('M-46 42Q0 66 50 40Q60 58 48 74Q2 96 -46 76Q-58 58 -46 42Z', colour) +
    path('M-30 56Q4 72 38 54', { stroke: stripe, width: 4, opacity: 0.7 })
  );
}

/** Paper labels along a hem. */
function labels(cut: Cutout, { hem, hemHalf }: Measures): string {
  const paper = cut.tone('#f2ead6');
  return repeat(7, (index) => {
    const x = -hemHalf + (index + 0.5) * ((2 * hemHalf) / 7);
    const y = hem - 60 - (index % 3) * 70;
    return placed(
      line(
        [
          [0, -14],
          [0, 0],
        ],
        { stroke: paper, width: 2 },
      ) + rect(-8, 0, 16, 24, { fill: paper }, 2),
      x * 0.8,
      y,
      1,
      (index % 2 === 0 ? 1 : -1) * 16,
    );
  });
}

/** A spirit's garment: it runs out into the air instead of ending. */
function driftingGarment(cut: Cutout, look: Look, measures: Measures, fade: string): string {
  const { feet, hem, hemHalf, shoulders: s } = measures;
  const tail = `M${n(-s - 2)} ${SHOULDER_Y + 20}L${n(-hemHalf * 0.9)} ${n(hem - 90)}C${n(-hemHalf - 30)} ${n(hem + 40)} ${n(-hemHalf - 150)} ${n(feet - 40)} ${n(-hemHalf - 260)} ${n(feet - 30)}C${n(-120)} ${n(feet + 30)} ${n(hemHalf * 0.6)} ${n(feet + 10)} ${n(hemHalf)} ${n(hem - 60)}L${n(s + 2)} ${SHOULDER_Y + 20}C${n(s)} 54 ${n(-s)} 54 ${n(-s - 2)} ${SHOULDER_Y + 20}Z`;
  const folds = path(
    `M-20 150C-30 ${n(hem - 60)} -90 ${n(hem + 40)} -190 ${n(feet - 24)}M24 150C30 ${n(hem)} -10 ${n(hem + 60)} -100 ${n(feet - 14)}`,
    { stroke: cut.tone(lighten(look.garmentColour, 0.12)), width: 4, opacity: 0.5 },
  );
  return path(tail, { fill: fade }) + folds;
}

/** What a garment shows from behind: a seam, and the bow of an apron. */
function back(cut: Cutout, { apron: tied }: Look, { hem }: Measures, dark: Colour): string {
  const seam = path(`M2 70Q6 ${n(hem * 0.6)} 2 ${n(hem - 20)}`, { stroke: dark, width: 4, opacity: 0.7 });
  if (tied === null) return seam;
  return (
    seam + cut.piece('M0 172L-34 154V192ZM0 172L34 154V192ZM-4 172L-22 232L-6 228L2 180L14 230L28 226L6 172Z', tied)
  );
}

/** Everything from the neck down except the arms. */
export function body(
  cut: Cutout,
  look: Look,
  measures: Measures,
  acting: Acting,
  fade: string | null,
  away: boolean,
): string {
  const neck = cut.piece('M-19 36V66Q2 78 23 66V36Z', lighten(look.skin, -0.05));
  if (fade !== null) {
    const details = away ? '' : coatDetails(cut, look, { ...measures, hem: measures.hem * 0.75 });
    return neck + driftingGarment(cut, look, measures, fade) + details + labels(cut, measures);
  }
  const length = look.garment === 'jumper' ? 0.62 : look.garment === 'coat' ? 0.92 : 1;
  const dark = lighten(cut.tone(look.garmentColour), -0.12);
  const main =
    cut.piece(garmentShape(measures, length), look.garmentColour) +
    (look.garment === 'jumper'
      ? ''
      : folds({ ...measures, hem: SHOULDER_Y + (measures.hem - SHOULDER_Y) * length }, dark));
  const front =
    (look.garment === 'coat' ? coatDetails(cut, look, { ...measures, hem: measures.hem * 0.92 }) : '') +
    (look.apron === null ? '' : apron(cut, look.apron, measures)) +
    (look.garment === 'cloak'
      ? path(`M4 60Q10 ${n(measures.hem * 0.6)} 0 ${n(measures.hem)}`, { stroke: dark, width: 6, opacity: 0.6 })
      : '');
  const worn = away ? back(cut, look, measures, dark) : front;
  return (
    legs(cut, look, measures, acting.running) +
    neck +
    main +
    worn +
    (look.shawl === null ? '' : shawl(cut, look.shawl, measures)) +
    (look.labels ? labels(cut, measures) : '')
  );
}
