import { seconds } from './measure.ts';

/** How many are measured. */
export const TASKS = 200;
/** Done before the clock starts: both sides have new connections, whose first statements are planned from nothing. */
export const WARM_UP = 20;

/** Whether each is handed in when the one before has ended, or all of them as fast as they are taken. */
export type Pace = 'one after the other' | 'all at once';

/** Hands in one. */
type HandIn = (index: number) => Promise<unknown>;

/** Seconds from the first that is handed in to the last one's end, those of the warm-up left out. */
export async function timed(pace: Pace, ends: Ends, one: HandIn): Promise<number> {
  const handIn = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      await one(index);
      if (pace === 'one after the other') await ends.reach(index + 1);
    }
    await ends.reach(to);
  };
  await handIn(0, WARM_UP);
  return seconds(() => handIn(WARM_UP, WARM_UP + TASKS));
}

export interface Ends {
  /** One more has ended. */
  one(): void;
  /** Resolved when so many have. */
  reach(count: number): Promise<void>;
}

export function createEnds(): Ends {
  let ended = 0;
  let next = Promise.withResolvers<void>();
  return {
    one() {
      ended += 1;
      next.resolve();
      next = Promise.withResolvers();
    },
    async reach(count) {
      while (ended < count) await next.promise;
    },
  };
}
