import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CliRun, jsonOf, makeWorkplace, runCli, type Workplace } from '../support/cli.ts';
import { type GeminiServer, startGeminiServer } from '../support/geminiServer.ts';

const LIMIT = 0.05;

let server: GeminiServer;
let place: Workplace;
let storyId: string;

beforeAll(async () => {
  server = await startGeminiServer({ apiKey: 'a-key' });
  place = await makeWorkplace({ GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: server.baseUrl });
  const args = ['create', '--prompt', 'A lighthouse keeper finds a door in the sea', '--mode', 'real', '--json'];
  storyId = String(jsonOf(await runCli(args, place.variables)).storyId);
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

function runAll(...more: string[]): Promise<CliRun> {
  const args = ['run-all', '--story-id', storyId, '--until', 'CREATE_INTERACTIVE_SCRIPT', '--json', ...more];
  return runCli(args, place.variables);
}

async function figure(sql: string): Promise<number> {
  const { rows } = await place.database.pool.query<{ figure: string }>(`select (select ${sql}) as figure`);
  return Number(rows[0]?.figure);
}

it('stops before a call would pass the limit, with what is under way stored', async () => {
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

it('goes on from there, within a limit of its own, and pays for nothing twice', async () => {
  const before = server.requests.length;
  const again = await runAll('--max-cost', '1');
  expect(again.code, again.stderr).toBe(0);
  expect(await figure('count(*) from model_calls')).toBe(server.requests.length);
  expect(await figure('count(distinct request_hash) from model_calls')).toBe(server.requests.length);
  expect(Number(jsonOf(again).cost)).toBeCloseTo(
    await figure(`sum(cost_usd) from (select * from model_calls order by started_at offset ${before}) later`),
  );
});
