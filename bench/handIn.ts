import { seconds } from './measure.ts';

/** How many tasks or jobs are measured. */
export const TASKS = 200;
/** Run before the clock starts: both sides have new connections, which have not planned any statement yet. */
export const WARM_UP = 20;

/** Whether each one is handed in when the previous one has ended, or all as fast as they are accepted. */
export type Pace = 'one after the other' | 'all at once';

/** Hands in one task or job. */
type HandIn = (index: number) => Promise<unknown>;

/** The seconds from handing in the first to the end of the last, without the warm-up. */
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
  /** Counts one more that has ended. */
  one(): void;
  /** Resolves when this many have ended. */
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
