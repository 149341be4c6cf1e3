import { between, path, placed, repeat } from '../shapes.ts';
import { amount, lit, type Stage } from '../stage.ts';

/** A few gulls in the upper part of the picture. */
export function gulls(stage: Stage): string {
  const { shotRandom, width } = stage;
  const white = lit(stage, stage.palette.pale, 0.15);
  return repeat(amount(stage, 6), () => {
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
