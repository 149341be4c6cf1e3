import { lighten } from '../colour.ts';
import { n } from '../ink.ts';
import { type Point, placed } from '../shapes.ts';
import type { Gesture } from './acting.ts';
import type { Cutout } from './cutout.ts';
import type { Look } from './look.ts';
import { type Measures, SHOULDER_Y } from './measures.ts';

interface Arm {
  shoulder: Point;
  elbow: Point;
  hand: Point;
}

/** Where both arms go, for a figure that faces right: `near` lies before the body, `far` behind it. */
export function armsOf(gesture: Gesture, { arm, shoulders }: Measures): { near: Arm; far: Arm } {
  const near: Point = [-shoulders + 6, SHOULDER_Y + 22];
  const far: Point = [shoulders - 6, SHOULDER_Y + 22];
  const from = ([x, y]: Point, dx: number, dy: number): Point => [x + dx * arm, y + dy * arm];
  switch (gesture) {
    case 'raised':
      return {
        near: { shoulder: near, elbow: from(near, -0.62, -0.25), hand: from(near, -0.82, -1.3) },
        far: { shoulder: far, elbow: from(far, 0.7, -0.2), hand: from(far, 0.95, -1.25) },
      };
    case 'hold':
      return {
        near: { shoulder: near, elbow: from(near, -0.16, 1.02), hand: [shoulders * 0.52, SHOULDER_Y + 22 + arm * 1.2] },
        far: { shoulder: far, elbow: from(far, 0.22, 0.95), hand: [shoulders * 0.74, SHOULDER_Y + 22 + arm * 1.08] },
      };
    case 'show':
      return {
        near: { shoulder: near, elbow: from(near, -0.1, 0.9), hand: [shoulders * 0.66, SHOULDER_Y + 52] },
        far: { shoulder: far, elbow: from(far, 0.4, 0.8), hand: [shoulders * 0.9, SHOULDER_Y + 44] },
      };
    case 'behind':
      return {
        near: { shoulder: near, elbow: from(near, -0.3, 0.95), hand: [-shoulders * 0.5, SHOULDER_Y + 22 + arm * 1.75] },
        far: { shoulder: far, elbow: from(far, 0.26, 0.95), hand: [shoulders * 0.4, SHOULDER_Y + 22 + arm * 1.7] },
      };
    case 'point':
      return {
        near: { shoulder: near, elbow: from(near, -0.14, 1), hand: from(near, 0.08, 1.95) },
        far: { shoulder: far, elbow: from(far, 0.75, 0.55), hand: from(far, 1.6, 0.05) },
      };
    case 'down':
      return {
        near: { shoulder: near, elbow: from(near, -0.2, 0.98), hand: from(near, -0.02, 1.9) },
        far: { shoulder: far, elbow: from(far, 0.2, 0.98), hand: from(far, 0.06, 1.9) },
      };
    default:
      return gesture satisfies never;
  }
}

/** A sleeve with a hand; what the hand holds is drawn between the fingers. */
export function drawArm(
  cut: Cutout,
  look: Look,
  { limb }: Measures,
  { shoulder, elbow, hand }: Arm,
  held: string,
): string {
  const sleeve = `M${n(shoulder[0])} ${n(shoulder[1])}Q${n(elbow[0])} ${n(elbow[1])} ${n(hand[0])} ${n(hand[1])}`;
  const r = limb * 0.46;
  const palm = `M${n(hand[0] - r)} ${n(hand[1])}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`;
  const thing = held === '' ? '' : placed(held, hand[0], hand[1]);
  return (
    cut.piece(palm, look.skin) +
    cut.limb(shortened(sleeve, elbow, hand, shoulder), limb, lighten(look.garmentColour, -0.03)) +
    thing
  );
}

/** The sleeve ends before the hand does. */
function shortened(whole: string, elbow: Point, hand: Point, shoulder: Point): string {
  const length = Math.hypot(hand[0] - elbow[0], hand[1] - elbow[1]);
  if (length < 1) return whole;
  const keep = Math.max(0.4, 1 - 16 / length);
  const x = elbow[0] + (hand[0] - elbow[0]) * keep;
  const y = elbow[1] + (hand[1] - elbow[1]) * keep;
  return `M${n(shoulder[0])} ${n(shoulder[1])}Q${n(elbow[0])} ${n(elbow[1])} ${n(x)} ${n(y)}`;
}
