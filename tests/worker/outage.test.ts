import { setTimeout as sleep } from 'node:timers/promises';
import { NOBODY } from '@story-tree/domain';
import type { Database } from '@story-tree/supabase';
import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { makeRelay, type Relay } from '@story-tree/testkit/network/relay.ts';
import { jsonOf, makeWorkplace, startCli } from '@story-tree/testkit/programs/cli.ts';
import { startRealWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

/** What each outage lasts: one that is felt, and others for the chance that they meet a commit halfway. */
const OUTAGES_MS = [2_000, 300, 300];
/** Requests between them: they fall into different tasks of the story. */
const REQUESTS_BETWEEN = 6;
const KEY = 'a-key';

let server: GeminiServer;
let real: { GEMINI_API_KEY: string; GEMINI_BASE_URL: string };

beforeAll(async () => {
  server = await startGeminiServer({
    latencyMs: 100,
    answer: answerFromStub({ sceneletCount: 4, shotsPerScenelet: 1, branching: 2 }),
  });
  real = { GEMINI_API_KEY: KEY, GEMINI_BASE_URL: server.baseUrl };
});
afterEach(() => server.forget());
afterAll(() => server.close());

/** The same address by way of a relay that can be cut. */
async function detour(address: string): Promise<{ url: string; relay: Relay }> {
  const url = new URL(address);
  const relay = await makeRelay(url);
  await relay.open();
  onTestFinished(() => relay.cut());
  url.hostname = '127.0.0.1';
  url.port = String(relay.port);
  return { url: url.href, relay };
}

/** Cuts all of them again and again while models are being asked. */
async function breakOff(relays: readonly Relay[]): Promise<void> {
  for (const [index, outageMs] of OUTAGES_MS.entries()) {
    while (server.requests.length < REQUESTS_BETWEEN * (index + 1)) await sleep(2);
    await Promise.all(relays.map((relay) => relay.cut()));
    await sleep(outageMs);
    await Promise.all(relays.map((relay) => relay.open()));
  }
}

/** Every reply is in use, with what it cost; nothing was asked twice. @returns what all of them cost */
async function expectEachReplyKept({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{
    status: string;
    replies: number;
    requests: number;
    unpriced: number;
    cost: number;
  }>(
    `select status, count(distinct response_id)::int as replies, count(distinct request_hash)::int as requests,
       (count(*) filter (where cost_usd is null))::int as unpriced, sum(cost_usd)::float8 as cost
     from model_calls group by status`,
  );
  const sent = server.requests.length;
  expect(sent).toBeGreaterThan(REQUESTS_BETWEEN * OUTAGES_MS.length);
  expect(rows).toEqual([{ status: 'committed', replies: sent, requests: sent, unpriced: 0, cost: expect.any(Number) }]);
  return rows[0]?.cost ?? 0;
}

describe.each([
  ['shorter than a lease', 15_000],
  ['longer than a lease', 1_000],
])('outages of the database and the queue, %s', (_what, lockMs) => {
  describe.each(BACKENDS)('jobs on %s', (backend) => {
    const workshop = useWorkshop(backend, { TASK_WORKER_LOCK_MS: lockMs });

    it('cost nothing, and the task goes on by itself', async () => {
      const { environment, storyTasks, ended, tasks, database } = workshop();
      const stored = await detour(database.connectionString);
      const queued = environment.REDIS_URL === undefined ? undefined : await detour(environment.REDIS_URL);
      const worker = startRealWorker({
        ...environment,
        ...real,
        DATABASE_URL: stored.url,
        ...(queued && { REDIS_URL: queued.url }),
      });
      const { task } = await storyTasks.submit({
        operation: 'CREATE_STORY',
        payload: { prompt: 'A door in the sea', runAll: true, maxCost: 100 },
        requestedBy: NOBODY,
        mode: 'real',
      });
      await breakOff([stored.relay, ...(queued ? [queued.relay] : [])]);

      expect(await ended(task.id), worker.said()).toMatchObject({ status: 'succeeded', progress: 100 });
      await expectEachReplyKept(database);
      const events = (await tasks.events(task.id, 1_000)).reverse();
      const steps = events.map(({ step }) => step);
      expect(steps.filter((step) => ['started', 'resumed', 'handed-back', 'succeeded'].includes(step))).toEqual([
        'started',
        'succeeded',
      ]);
      // The log lacks nothing, and says nothing twice.
      const lines = events.filter(({ step }) => step === 'unit-done').map(({ message }) => message);
      expect(new Set(lines).size).toBe(lines.length);
      expect(steps.filter((step) => step === 'call-started')).toHaveLength(server.requests.length);
    });
  });
});

it('costs a command nothing either, and it tells what everything cost', async () => {
  const place = await makeWorkplace(real);
  onTestFinished(() => place.remove());
  const { url, relay } = await detour(place.database.connectionString);
  const run = startCli(['run-all', '--prompt', 'A door in the sea', '--mode', 'real', '--overlap', '--json'], {
    ...place.variables,
    DATABASE_URL: url,
  });
  await breakOff([relay]);

  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(0);
  const cost = await expectEachReplyKept(place.database);
  expect(Number(jsonOf(ended).cost)).toBeCloseTo(cost);
  expect(ended.stderr).toContain('The run waits for the database and keeps finished work meanwhile.');
});
