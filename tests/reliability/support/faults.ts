import { setTimeout as sleep } from 'node:timers/promises';
import type { Lot } from '../../support/seeded.ts';
import { LOCK_MS, type Stack } from './stack.ts';

/** Something bad that happens to a stack, and what mends it unless the stack does that itself. */
interface Fault {
  name: string;
  inflict(stack: Stack, lot: Lot): Promise<void>;
}

const WORKER_KILLED: Fault = {
  name: 'a worker is killed',
  inflict: async ({ workers }, lot) => lot.pick(workers).signal('SIGKILL'),
};

const FAULTS: readonly Fault[] = [
  WORKER_KILLED,
  { name: 'the app is killed', inflict: async ({ app }) => app.signal('SIGKILL') },
  {
    name: 'PostgreSQL is killed',
    async inflict(stack, lot) {
      await stack.killPostgres();
      await sleep(lot.below(2_000));
      await stack.revivePostgres();
    },
  },
  {
    name: 'a worker stands still until its leases have run out',
    async inflict({ workers }, lot) {
      const worker = lot.pick(workers);
      worker.signal('SIGSTOP');
      await sleep(LOCK_MS * 2);
      worker.signal('SIGCONT');
    },
  },
];

const FAULTS_OF_REDIS: readonly Fault[] = [
  {
    name: 'Redis is killed and forgets everything',
    async inflict({ redis }, lot) {
      await redis?.kill();
      await sleep(lot.below(2_000));
      await redis?.start();
    },
  },
  { name: 'Redis forgets everything', inflict: async ({ redis }) => void (await redis?.flushAll()) },
];

export interface Infliction {
  lot: Lot;
  count: number;
  /** Ends it early. */
  over: AbortSignal;
  note(fault: string): void;
}

/**
 * So many faults in an order drawn by lot, with a pause before each: every kind before any comes again. A worker's death
 * is the last, since whoever comes after it compares rows and queue at once and not only within the minute.
 */
export async function inflictFaults(stack: Stack, { lot, count, over, note }: Infliction): Promise<void> {
  const kinds = stack.redis === null ? FAULTS : [...FAULTS, ...FAULTS_OF_REDIS];
  let bag: Fault[] = [];
  for (let done = 1; done <= count; done += 1) {
    if (bag.length === 0) bag = shuffled(kinds, lot);
    const fault = done === count ? WORKER_KILLED : (bag.pop() ?? WORKER_KILLED);
    await sleep(500 + lot.below(2_500), undefined, { signal: over });
    note(fault.name);
    await fault.inflict(stack, lot);
  }
}

function shuffled<T>(given: readonly T[], lot: Lot): T[] {
  const rest = [...given];
  return given.map(() => rest.splice(lot.below(rest.length), 1)[0] as T);
}
