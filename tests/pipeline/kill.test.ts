import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { digest, type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import {
  BRIEF_LEASE,
  jsonOf,
  makeWorkplace,
  runCli,
  startCli,
  type Workplace,
} from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

const CONCURRENCY = 3;
/** Of each kind: with overlap, text, pictures and speech are made at the same time. */
const IN_PROGRESS = 3 * CONCURRENCY;
const LATENCY_MS = 15;
/** Requests after which each further run is killed; they fall into different tasks of the story. */
const KILL_AFTER = [1, 4, 8, 3, 9, 6, 12];

let server: GeminiServer;
let place: Workplace;

beforeAll(async () => {
  server = await startGeminiServer({
    latencyMs: LATENCY_MS,
    answer: answerFromStub({ sceneletCount: 7, shotsPerScenelet: 2, branching: 2 }),
  });
  place = await makeWorkplace({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: server.baseUrl, ...BRIEF_LEASE });
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

async function requestsReach(total: number): Promise<void> {
  while (server.requests.length < total) await sleep(2);
}

it('is killed again and again, loses nothing and pays for nothing twice', async () => {
  const created = await runCli(
    ['create', '--prompt', 'A door in the sea', '--mode', 'real', '--json'],
    place.variables,
  );
  const storyId = String(jsonOf(created).storyId);
  const args = ['run-all', '--story-id', storyId, '--concurrency', String(CONCURRENCY), '--json'];

  let kills = 0;
  for (const [index, more] of KILL_AFTER.entries()) {
    const run = startCli(index % 2 === 0 ? [...args, '--overlap'] : args, place.variables);
    await Promise.race([requestsReach(server.requests.length + more), run.ended]);
    if (run.process.exitCode === null) kills += 1;
    run.process.kill('SIGKILL');
    await run.ended;
  }
  const last = await runCli([...args, '--overlap'], place.variables);
  expect(last.code, last.stderr).toBe(0);

  // Only calls that were in progress when the process died may have been made again.
  const asked = server.requests.map(({ body, model }) => digest(Buffer.from(JSON.stringify([model, body]))));
  const repeated = asked.length - new Set(asked).size;
  expect(kills).toBe(KILL_AFTER.length);
  expect(repeated).toBeLessThanOrEqual(kills * IN_PROGRESS);

  const { rows } = await place.database.pool.query(
    `select request_hash, unit_key from model_calls where status = 'committed' group by 1, 2 having count(*) > 1`,
  );
  expect(rows, 'replies committed twice').toEqual([]);
  const statuses = await place.database.pool.query('select distinct status from model_calls order by 1');
  expect(statuses.rows.map(({ status }) => status)).toEqual(['committed', 'interrupted']);
  const leftovers = (await readdir(place.assets, { recursive: true })).filter((name) => name.endsWith('.tmp'));
  expect(leftovers).toEqual([]);
});

it('writes each file that the rows name, and no other', async () => {
  const { rows } = await place.database.pool.query<{ path: string }>(
    `select key_frame_image_path as path from shots union all select audio_file_path from shots
     union all select image_path from reference_images`,
  );
  const files = (await readdir(place.assets, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(place.assets.length + 1));
  expect(files.sort()).toEqual(rows.map(({ path }) => path).sort());
});
