import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../tests/support/clusters.ts';
import { LOCK_MS, type Stack } from '../stack/stack.ts';
import type { Trouble } from './trouble.ts';

/** Longer than anything that is kept by renewing it. */
const STANDSTILL_MS = LOCK_MS * 2;
const LONGEST_PAUSE_MS = 1_500;

export const WORKER_KILLED: Trouble = {
  kind: 'a worker is killed',
  async make({ workers }, lot, { during }) {
    const worker = lot.pick(workers);
    if (worker.pid() === null) return false;
    await during(worker.life(), async () => worker.signal('SIGKILL'));
    return true;
  },
};

const WORKER_STOPPED: Trouble = {
  kind: 'a worker stands still until its leases have run out',
  async make({ workers }, lot, { during }) {
    const worker = lot.pick(workers);
    if (worker.pid() === null) return false;
    await during(worker.life(), async () => {
      worker.signal('SIGSTOP');
      await sleep(STANDSTILL_MS);
      worker.signal('SIGCONT');
    });
    return true;
  },
};

const APP_KILLED: Trouble = {
  kind: 'the app is killed',
  async make({ app }) {
    app.signal('SIGKILL');
    return true;
  },
};

const APP_STOPPED: Trouble = {
  kind: 'the app stands still',
  async make({ app }, lot) {
    app.signal('SIGSTOP');
    await sleep(lot.below(LONGEST_PAUSE_MS));
    app.signal('SIGCONT');
    return true;
  },
};

const POSTGRES_KILLED: Trouble = {
  kind: 'PostgreSQL is killed',
  async make(stack, lot, { during }) {
    await during(null, async () => {
      await stack.postgres.kill();
      await sleep(lot.below(LONGEST_PAUSE_MS));
      await seePostgresBack(stack);
    });
    return true;
  },
};

const POSTGRES_STOPPED: Trouble = {
  kind: 'PostgreSQL stands still',
  async make({ postgres }, lot, { during }) {
    await during(null, async () => {
      await postgres.pause();
      await sleep(lot.below(LONGEST_PAUSE_MS) + LOCK_MS / 2);
      postgres.resume();
    });
    return true;
  },
};

const REDIS_KILLED: Trouble = {
  kind: 'Redis is killed and forgets everything',
  async make({ redis }, lot) {
    await redis?.kill();
    await sleep(lot.below(LONGEST_PAUSE_MS));
    await redis?.start();
    return true;
  },
};

const REDIS_FLUSHED: Trouble = {
  kind: 'Redis forgets everything',
  async make({ redis }) {
    await redis?.flushAll();
    return true;
  },
};

const REDIS_STOPPED: Trouble = {
  kind: 'Redis stands still',
  async make({ redis }, lot) {
    redis?.signal('SIGSTOP');
    await sleep(lot.below(LONGEST_PAUSE_MS) + LOCK_MS / 2);
    redis?.signal('SIGCONT');
    return true;
  },
};

const POWER_CUT: Trouble = {
  kind: 'everything is killed at once',
  async make(stack, lot, { during }) {
    const { app, workers, postgres, redis } = stack;
    await during(null, async () => {
      for (const part of [app, ...workers]) part.signal('SIGKILL');
      await Promise.all([postgres.kill(), redis?.kill()]);
      await sleep(lot.below(LONGEST_PAUSE_MS));
      await redis?.start();
      await seePostgresBack(stack);
    });
    return true;
  },
};

/** Where the parts do not start it again somebody else does: a connection of the embedded kind. */
async function seePostgresBack({ postgres, redis, database }: Stack): Promise<void> {
  const answers = () =>
    database.pool.query('select').then(
      () => true,
      () => false,
    );
  if (redis !== null) await until('PostgreSQL answers', answers);
  await postgres.isBack();
}

/** What can happen to the processes of every stack. */
export const PROCESS_TROUBLES = [
  WORKER_KILLED,
  WORKER_STOPPED,
  APP_KILLED,
  APP_STOPPED,
  POSTGRES_KILLED,
  POSTGRES_STOPPED,
  POWER_CUT,
];

/** What can happen besides where jobs are on Redis. */
export const REDIS_TROUBLES = [REDIS_KILLED, REDIS_FLUSHED, REDIS_STOPPED];
