import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from '@story-tree/testkit/network/network.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Run } from '../people/commandLine.ts';
import type { Scene } from '../people/scene.ts';
import { LOCK_MS, type Stack } from '../stack/stack.ts';
import { hasRedis } from './processes.ts';
import type { Trouble } from './trouble.ts';

/** A lease is renewed three times in its duration, so two thirds of it are always left, and some of it after an outage. */
const SHORTEST_MS = LOCK_MS / 4;
const LONGEST_MS = LOCK_MS / 2;
/** Time for those who had to wait to resume their work before a lease runs out. */
const MARGIN_MS = LOCK_MS / 8;
/** By then, everybody at work must have shown it. */
const PATIENCE_MS = LOCK_MS * 3;
const LOOK_AGAIN_MS = 50;

const DATABASE_AWAY: Trouble = {
  name: 'database-away',
  kind: 'the database is out of reach for a while, but nothing is killed',
  make: (scene, random) => interrupt(scene, scene.stack.toPostgres, random),
};

const QUEUE_AWAY: Trouble = {
  name: 'queue-away',
  kind: 'Redis is out of reach for a while, but nothing is killed',
  appliesTo: hasRedis,
  make: (scene, random) =>
    scene.stack.toRedis === null ? Promise.resolve(false) : interrupt(scene, scene.stack.toRedis, random),
};

/** Connections are reset and refused, or just silent. An outage ends before any lease runs out, so it excuses nothing. */
export const OUTAGES = [DATABASE_AWAY, QUEUE_AWAY];

async function interrupt(scene: Scene, network: Network, random: Random): Promise<boolean> {
  const { stack, disturbances, commandLine } = scene;
  const before = await livingLeases(stack);
  const from = Date.now();
  if (before.length === 0) return false;
  const commands = [...commandLine.runs];
  const since = await newestEvent(stack);
  network[random.pick(['cut', 'hold'] as const)]();
  await sleep(SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS));
  network.restore();
  const ms = Date.now() - from;
  const atEnd = await leases(stack);
  // If the machine is too busy to end it in time, it is an outage of another kind.
  if (before.some(({ leftMs }) => leftMs < ms + MARGIN_MS)) disturbances.lasted({ from, to: Date.now(), caller: null });
  for (const lease of before.filter(({ leftMs }) => leftMs >= ms + MARGIN_MS)) {
    const command = commands.findLast(({ storyId }) => storyId === lease.storyId);
    const fault = await judgeHolder(stack, { lease, command, since, atEnd: atEnd.find(isSame(lease)) });
    if (fault !== null) disturbances.object(`An outage of ${ms} ms, with leases of ${LOCK_MS} ms: ${fault}`);
  }
  return true;
}

interface Lease {
  storyId: string;
  fence: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  leftMs: number;
  /** The task that holds it; null if the command line does. */
  taskId: string | null;
}

const isSame = (one: Lease) => (other: Lease) => one.fence === other.fence;

/** Only its holder makes a lease end later; if it ends sooner, others have cut it short, and its holder may be dead. */
const renews = (now: Lease) => (earlier: Lease) => isSame(now)(earlier) && now.expiresAt > earlier.expiresAt;

async function leases({ database }: Stack): Promise<Lease[]> {
  const { rows } = await database.pool.query<Lease>(
    `select story_id as "storyId", fence, extract(epoch from expires_at)::float * 1000 as "expiresAt",
       extract(epoch from expires_at - clock_timestamp())::float * 1000 as "leftMs", substring(holder from '^task (.*)$') as "taskId"
     from story_leases where expires_at > clock_timestamp()`,
  );
  return rows;
}

/** Leases that have just been renewed. */
async function livingLeases(stack: Stack): Promise<Lease[]> {
  const renewed = new Set<string>();
  let earlier = await leases(stack);
  const first = earlier;
  for (const deadline = Date.now() + LOCK_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const now = await leases(stack);
    for (const lease of now) if (earlier.some(renews(lease))) renewed.add(lease.fence);
    earlier = now;
    const left = now.filter((lease) => first.some(isSame(lease)));
    if (left.every(({ fence }) => renewed.has(fence)) || Date.now() > deadline) {
      return left.filter(({ fence }) => renewed.has(fence));
    }
  }
}

async function newestEvent({ database }: Stack): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select coalesce(max(id), 0) as id from story_task_events',
  );
  return rows[0]?.id ?? '0';
}

interface Held {
  lease: Lease;
  /** The last command on its story before the outage. */
  command: Run | undefined;
  /** The last event before the outage. */
  since: string;
  /** The lease at the end of the outage. */
  atEnd: Lease | undefined;
}

/** @returns a sentence if the holder of a lease did not continue its work */
async function judgeHolder(stack: Stack, { lease, command, since, atEnd }: Held): Promise<string | null> {
  const { taskId } = lease;
  const what = taskId === null ? 'the command line' : `task ${taskId}`;
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(LOOK_AGAIN_MS)) {
    const now = (await leases(stack)).find(isSame(lease));
    const fault = taskId === null ? faultOfCommand(command) : await faultOfTask(stack, taskId, since);
    if (fault !== undefined) return fault === null ? null : `${what} ${fault}.`;
    if (now !== undefined && (atEnd === undefined || renews(now)(atEnd))) return null;
  }
  return `${what} did not continue.`;
}

/** @returns undefined while it is not known yet, null if there is none */
function faultOfCommand(command: Run | undefined): string | null | undefined {
  // Something else happened to it.
  if (command === undefined || command.isDisturbed) return null;
  if (command.end === null) return undefined;
  const { code } = command.end;
  return /^(database_unavailable|queue_unavailable|lease_lost)$/.test(code) ? `gave up with ${code}` : null;
}

async function faultOfTask({ database }: Stack, taskId: string, since: string): Promise<string | null | undefined> {
  const { rows } = await database.pool.query<{ hasEnded: boolean; steps: string[] }>(
    `select finished_at is not null as "hasEnded", array(
       select step from story_task_events event where event.task_id = task.id and event.id > $2) as steps
     from story_tasks task where id = $1`,
    [taskId, since],
  );
  const { hasEnded = true, steps = [] } = rows[0] ?? {};
  // An attempt that failed for another reason is followed by the next.
  if (steps.includes('attempt-failed')) return null;
  if (steps.some((step) => step === 'resumed' || step === 'handed-back')) return 'was handed over';
  return hasEnded ? null : undefined;
}
