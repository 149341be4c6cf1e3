import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@story-tree/testkit/database/clusters.ts';
import { LOCK_MS, type Stack } from '../stack/stack.ts';
import { standStill } from './standstill.ts';
import type { Trouble } from './trouble.ts';

/** Longer than anything lasts that has to be renewed. */
const STANDSTILL_MS = LOCK_MS * 1.5;
const LONGEST_PAUSE_MS = 1_500;
const STANDSTILL_LEAST_MS = 1_000;

/** Whether a stack has its jobs on Redis. */
export const hasRedis = ({ redis }: Stack) => redis !== null;

export const WORKER_KILLED: Trouble = {
  name: 'worker-killed',
  kind: 'a worker is killed',
  async make({ stack: { workers }, disturbances }, random) {
    const worker = random.pick(workers);
    if (worker.pid() === null) return false;
    await disturbances.during(worker.life(), async () => worker.signal('SIGKILL'));
    return true;
  },
};

const WORKER_STOPPED: Trouble = {
  name: 'worker-stopped',
  kind: 'a worker is paused until its leases have run out',
  async make(scene, random) {
    const worker = random.pick(scene.stack.workers);
    if (worker.pid() === null) return false;
    await scene.disturbances.during(worker.life(), () => standStill(scene, worker, STANDSTILL_MS, scene.bystander));
    return true;
  },
};

const APP_KILLED: Trouble = {
  name: 'app-killed',
  kind: 'the app is killed',
  async make({ stack: { app } }) {
    app.signal('SIGKILL');
    return true;
  },
};

const APP_STOPPED: Trouble = {
  name: 'app-stopped',
  kind: 'the app is paused',
  async make(scene, random) {
    await standStill(scene, scene.stack.app, random.below(LONGEST_PAUSE_MS), scene.bystander);
    return true;
  },
};

const POSTGRES_KILLED: Trouble = {
  name: 'postgres-killed',
  kind: 'PostgreSQL is killed',
  async make({ stack, disturbances }, random) {
    await disturbances.during(null, async () => {
      await stack.postgres.kill();
      await sleep(random.below(LONGEST_PAUSE_MS));
      await seePostgresBack(stack);
    });
    return true;
  },
};

const POSTGRES_STOPPED: Trouble = {
  name: 'postgres-stopped',
  kind: 'PostgreSQL is paused',
  async make({ stack: { postgres }, disturbances }, random) {
    await disturbances.during(null, async () => {
      await postgres.pause();
      await sleep(random.below(LONGEST_PAUSE_MS) + STANDSTILL_LEAST_MS);
      postgres.resume();
    });
    return true;
  },
};

const REDIS_KILLED: Trouble = {
  name: 'redis-killed',
  kind: 'Redis is killed and forgets everything',
  appliesTo: hasRedis,
  async make({ stack: { redis } }, random) {
    await redis?.kill();
    await sleep(random.below(LONGEST_PAUSE_MS));
    await redis?.start();
    return true;
  },
};

const REDIS_FLUSHED: Trouble = {
  name: 'redis-flushed',
  kind: 'Redis forgets everything',
  appliesTo: hasRedis,
  async make({ stack: { redis } }) {
    await redis?.flushAll();
    return true;
  },
};

const REDIS_STOPPED: Trouble = {
  name: 'redis-stopped',
  kind: 'Redis is paused',
  appliesTo: hasRedis,
  async make({ stack: { redis } }, random) {
    redis?.signal('SIGSTOP');
    await sleep(random.below(LONGEST_PAUSE_MS) + STANDSTILL_LEAST_MS);
    redis?.signal('SIGCONT');
    return true;
  },
};

const POWER_CUT: Trouble = {
  name: 'power-cut',
  kind: 'everything is killed at once',
  async make({ stack, disturbances }, random) {
    const { app, workers, postgres, redis } = stack;
    await disturbances.during(null, async () => {
      for (const part of [app, ...workers]) part.signal('SIGKILL');
      await Promise.all([postgres.kill(), redis?.kill()]);
      await sleep(random.below(LONGEST_PAUSE_MS));
      await redis?.start();
      await seePostgresBack(stack);
    });
    return true;
  },
};

/** If the parts do not restart it themselves, a connection of the embedded kind does. */
export async function seePostgresBack({ postgres, redis, database }: Stack): Promise<void> {
  const answers = () =>
    database.pool.query('select').then(
      () => true,
      () => false,
    );
  if (redis !== null) await until('PostgreSQL answers', answers);
  await postgres.isBack();
}

export const PROCESS_TROUBLES = [
  WORKER_KILLED,
  WORKER_STOPPED,
  APP_KILLED,
  APP_STOPPED,
  POSTGRES_KILLED,
  POSTGRES_STOPPED,
  REDIS_KILLED,
  REDIS_FLUSHED,
  REDIS_STOPPED,
  POWER_CUT,
];
