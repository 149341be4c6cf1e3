import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '../../apps/story-tree-ui/src/wire/index.ts';
import { withQueue } from '../stack/queue.ts';
import { type Stack, WORKERS } from '../stack/stack.ts';
import type { Invariant } from './invariant.ts';

/** Leases of who was killed run out, workers come back, and rows and queue are compared within the minute. */
const PATIENCE_MS = 90_000;

/** Of locks with one key of 64 bits. One with two keys belongs to the warden of the embedded server for as long as that runs. */
const SINGLE_KEY = 1;

export const nobodyHoldsAnything: Invariant = {
  name: 'nobody holds a story, a lock or an open transaction any more',
  async findViolations({ stack: { database } }) {
    return eventuallyNone(async () => {
      const { rows } = await database.pool.query<{ held: string }>(
        `select 'the story ' || story_id || ' by ' || holder as held from story_leases where expires_at > now()
         union all
         select 'an open transaction: ' || query from pg_stat_activity
         where state like 'idle in transaction%' and xact_start < now() - interval '1 s'
         union all
         select 'an advisory lock: ' || classid || ' ' || objid from pg_locks
         where locktype = 'advisory' and granted and objsubid = ${SINGLE_KEY}`,
      );
      return rows.map(({ held }) => `${held}.`);
    });
  },
};

export const nothingWaits: Invariant = {
  name: 'nothing waits in the queue',
  findViolations: ({ stack }) =>
    withQueue(stack, (queue) =>
      eventuallyNone(async () => {
        const { waiting = 0, active = 0, delayed = 0 } = await queue.metrics();
        return waiting + active + delayed === 0 ? [] : [JSON.stringify({ waiting, active, delayed })];
      }),
    ),
};

export const everybodyIsThere: Invariant = {
  name: 'the app and all workers are at their places, without having ended by themselves or met anything unexpected',
  async findViolations({ stack, saidBefore }) {
    const absent = await eventuallyNone(async () => {
      const health = await healthOf(stack);
      return health?.status === 'ok' && health.workers === WORKERS ? [] : [`Health: ${JSON.stringify(health)}.`];
    });
    const parts = [stack.app, ...stack.workers];
    const collapses = parts.flatMap((part) => part.collapses.splice(0));
    const complaints = parts.flatMap((part) => findComplaints(part.said().slice(saidBefore.get(part.name) ?? 0)));
    return [...absent, ...collapses, ...complaints];
  },
};

export const othersAreSpared: Invariant = {
  name: 'whatever is done to one, it costs no more than it must, and all others get on',
  findViolations: async ({ disturbances: { objections } }) => objections,
};

/** What those may complain of whose database, queue, story, models or files were taken away. */
const EXPECTED = /"code":"(database_unavailable|queue_unavailable|lease_lost|file_error|bundle_exists|model_\w+)"/;

/** What was logged as an error that no trouble explains. */
export function findComplaints(said: string): string[] {
  return said.split('\n').filter((line) => /"level":[56]0/.test(line) && !EXPECTED.test(line));
}

async function healthOf({ url }: Stack): Promise<Health | null> {
  return fetch(`${url}/api/health?ready`)
    .then((response) => response.json() as Promise<Health>)
    .catch(() => null);
}

/** Looks again for a while until there is nothing. @returns what is still there */
async function eventuallyNone(find: () => Promise<string[]>): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await find();
    if (found.length === 0 || Date.now() > deadline) return found;
    await sleep(200);
  }
}
