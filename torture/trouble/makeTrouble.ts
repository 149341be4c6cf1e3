import { setTimeout as sleep } from 'node:timers/promises';
import { type Lot, lotOf } from '../../tests/support/seeded.ts';
import type { Stack } from '../stack/stack.ts';
import type { Disturbances } from './disturbances.ts';
import { PROCESS_TROUBLES, REDIS_TROUBLES, WORKER_KILLED } from './processes.ts';
import { storageTroubles } from './storage.ts';
import type { Trouble } from './trouble.ts';

/** In one round. */
const OF_PROCESSES = 5;
const OF_STORAGE = 2;
const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_200;

/**
 * A round's troubles, those of processes one after the other, and beside them those of the disk. A worker's death is the last,
 * since whoever comes after it compares rows and queue at once and not only within the minute.
 */
export async function makeTrouble(
  stack: Stack,
  seed: number,
  disturbances: Disturbances,
  over: AbortSignal,
): Promise<void> {
  const processes = stack.redis === null ? PROCESS_TROUBLES : [...PROCESS_TROUBLES, ...REDIS_TROUBLES];
  const storage = storageTroubles(stack);
  await Promise.all([
    makeSeries([...processes, ...storage.ofProcesses], OF_PROCESSES, lotOf(seed)),
    makeSeries(storage.ofDisks, OF_STORAGE, lotOf(seed + 1)),
  ]);
  const lot = lotOf(seed + 2);
  do await pause(lot, over);
  while (!(await make(WORKER_KILLED, lot)));

  /** In an order drawn by lot, none of them twice, with a pause before each. */
  async function makeSeries(troubles: readonly Trouble[], count: number, lot: Lot): Promise<void> {
    const rest = [...troubles];
    for (let made = 0; made < count && rest.length > 0; ) {
      const [trouble = WORKER_KILLED] = rest.splice(lot.below(rest.length), 1);
      await pause(lot, over);
      if (await make(trouble, lot)) made += 1;
    }
  }

  async function make({ kind, make }: Trouble, lot: Lot): Promise<boolean> {
    const at = Date.now();
    const isMade = await make(stack, lot, disturbances);
    if (isMade) disturbances.count(kind, at);
    return isMade;
  }
}

async function pause(lot: Lot, over: AbortSignal): Promise<void> {
  await sleep(SHORTEST_PAUSE_MS + lot.below(LONGEST_PAUSE_MS), undefined, { signal: over });
}
