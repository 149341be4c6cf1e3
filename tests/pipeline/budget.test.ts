import { setTimeout as sleep } from 'node:timers/promises';
import { NOBODY } from '@story-tree/domain';
import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import {
  BRIEF_LEASE,
  type CliRun,
  jsonOf,
  makeWorkplace,
  runCli,
  startCli,
  type Workplace,
} from '@story-tree/testkit/programs/cli.ts';
import { startRealWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { openWorkshop } from '@story-tree/testkit/worker/workshop.ts';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

const LIMIT = 0.05;
const LATENCY_MS = 20;
/** Requests after which a run is killed: well within what the limit allows. */
const KILL_AFTER = 4;
const CONCURRENCY = 2;

let server: GeminiServer;
let place: Workplace;
let storyId: string;

beforeAll(async () => {
  server = await startGeminiServer({ apiKey: 'a-key', latencyMs: LATENCY_MS });
  place = await makeWorkplace({ GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: server.baseUrl });
  storyId = await createStory();
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

async function createStory(): Promise<string> {
  const args = ['create', '--prompt', 'A lighthouse keeper finds a door in the sea', '--mode', 'real', '--json'];
  return String(jsonOf(await runCli(args, place.variables)).storyId);
}

function toMakeAll(story: string, ...more: string[]): string[] {
  return ['run-all', '--story-id', story, '--until', 'CREATE_INTERACTIVE_SCRIPT', '--json', ...more];
}

function runAll(...more: string[]): Promise<CliRun> {
  return runCli(toMakeAll(storyId, ...more), place.variables);
}

async function requestsReach(total: number): Promise<void> {
  while (server.requests.length < total) await sleep(2);
}

async function figure(sql: string): Promise<number> {
  const { rows } = await place.database.pool.query<{ figure: string }>(`select (select ${sql}) as figure`);
  return Number(rows[0]?.figure);
}

it('stops before a call would exceed the limit, and stores what is in progress', async () => {
  const stopped = await runAll('--max-cost', String(LIMIT), '--concurrency', '8');
  expect(stopped.code).toBe(1);
  const { status, cost, error } = jsonOf(stopped);
  expect(status).toBe('failed');
  expect(error).toMatchObject({
    code: 'budget_reached',
    message: expect.stringMatching(/The limit of \$0\.05 is reached/),
  });
  expect(Number(cost)).toBeGreaterThan(LIMIT / 2);
  expect(Number(cost)).toBeLessThanOrEqual(LIMIT);
  expect(await figure("count(*) from model_calls where status <> 'committed'")).toBe(0);
  // One reply made the constitution; each other one is a step of the script.
  const steps = await figure('count(distinct coalesce(parent_id::text, $$root$$)) from scenelets');
  expect(steps).toBe(server.requests.length - 1);
});

it('continues from there, within a limit of its own, and pays for nothing twice', async () => {
  const before = server.requests.length;
  const again = await runAll('--max-cost', '1');
  expect(again.code, again.stderr).toBe(0);
  expect(await figure('count(*) from model_calls')).toBe(server.requests.length);
  expect(await figure('count(distinct request_hash) from model_calls')).toBe(server.requests.length);
  expect(Number(jsonOf(again).cost)).toBeCloseTo(
    await figure(`sum(cost_usd) from (select * from model_calls order by started_at offset ${before}) later`),
  );
});

it('keeps the limit in the run after a kill, and pays for nothing twice that was committed', async () => {
  const story = await createStory();
  const before = server.requests.length;
  const args = toMakeAll(story, '--max-cost', String(LIMIT), '--concurrency', String(CONCURRENCY));
  const killed = startCli(args, { ...place.variables, ...BRIEF_LEASE });
  await requestsReach(before + KILL_AFTER);
  killed.process.kill('SIGKILL');
  expect((await killed.ended).code).toBeNull();
  const ofStory = `from model_calls where story_id = '${story}'`;
  const paid = await figure(`count(*) ${ofStory} and status = 'committed'`);
  expect(paid).toBeGreaterThan(0);

  const next = await runCli(args, place.variables);
  const { cost, error } = jsonOf(next);
  expect(error, next.stderr).toMatchObject({ code: 'budget_reached' });
  const run = `${ofStory} and run_id = (select run_id ${ofStory} order by started_at desc limit 1)`;
  expect(Number(cost)).toBeCloseTo(await figure(`sum(cost_usd) ${run}`));
  expect(Number(cost)).toBeGreaterThan(LIMIT / 2);
  expect(Number(cost)).toBeLessThanOrEqual(LIMIT);

  const last = await runCli(toMakeAll(story), place.variables);
  expect(last.code, last.stderr).toBe(0);
  const committed = `${ofStory} and status = 'committed'`;
  expect(await figure(`count(*) ${committed}`)).toBe(await figure(`count(distinct request_hash) ${committed}`));
  // What had been asked for when the process died is asked for again, and nothing else.
  const again = server.requests.length - before - (await figure(`count(*) ${committed}`));
  expect(again).toBeLessThanOrEqual(CONCURRENCY);
});

it('counts what a task had spent when its worker was killed', async () => {
  const real = { GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: server.baseUrl };
  const { close, database, ended, environment, storyTasks } = await openWorkshop('postgres', real);
  onTestFinished(close);
  const { task } = await storyTasks.submit({
    operation: 'CREATE_STORY',
    payload: { prompt: 'A door in the sea', includeInteractiveScript: true, maxCost: LIMIT },
    requestedBy: NOBODY,
    mode: 'real',
  });
  const before = server.requests.length;
  const worker = startRealWorker(environment);
  await requestsReach(before + KILL_AFTER);
  await worker.end('SIGKILL');
  const calls = () => database.kysely.selectFrom('model_calls').selectAll().where('run_id', '=', task.id).execute();
  const paidBefore = (await calls()).filter(({ status }) => status === 'committed').length;
  expect(paidBefore).toBeGreaterThan(0);

  startRealWorker(environment);
  expect(await ended(task.id)).toMatchObject({ status: 'failed', error: { code: 'budget_reached' } });
  const all = await calls();
  expect(all.filter(({ status }) => status === 'started')).toEqual([]);
  const committed = all.filter(({ status }) => status === 'committed');
  expect(committed.length).toBeGreaterThan(paidBefore);
  expect(new Set(committed.map(({ request_hash }) => request_hash)).size).toBe(committed.length);
  const spent = committed.reduce((sum, { cost_usd }) => sum + Number(cost_usd), 0);
  expect(spent).toBeGreaterThan(LIMIT / 2);
  expect(spent).toBeLessThanOrEqual(LIMIT);
});
