import { amount, type Drawing, lit } from '../drawing.ts';
import { between, path, placed, repeat } from '../shapes.ts';

/** A few gulls in the upper part of the picture. */
export function gulls(drawing: Drawing): string {
  const { shotRandom, width } = drawing;
  const white = lit(drawing, drawing.palette.pale, 0.15);
  return repeat(amount(drawing, 6), () => {
    const wing = between(shotRandom, -6, 8);
    const bird = path(
      `M0 0Q-16 ${-16 - wing} -36 ${-6 - wing}Q-18 -8 0 5Q18 -8 36 ${-6 - wing}Q16 ${-16 - wing} 0 0Z`,
      { fill: white },
    );
    return placed(
      bird,
      between(shotRandom, width * 0.1, width * 0.9),
      between(shotRandom, 60, 250),
      between(shotRandom, 0.5, 1),
      between(shotRandom, -14, 14),
    );
  });
}
