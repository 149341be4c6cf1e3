import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Estimate, storyBundleSchema } from '@story-tree/domain';
import {
  type AnswerCall,
  type GeminiServer,
  startGeminiServer,
  type textOf,
} from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { type CliRun, jsonOf, makeWorkplace, runCli, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

const tell = answerFromStub();
const sketch = answerFromStub({ sceneletCount: 1 });
/** The sample story as it is told, with pictures that are quickly drawn and voices that soon fall silent. */
const answer: AnswerCall = (call) => (call.kind === 'text' ? tell(call) : sketch(call));

let server: GeminiServer;
let place: Workplace;
let run: CliRun;
let estimated: Estimate;

beforeAll(async () => {
  server = await startGeminiServer({ answer, apiKey: 'a-secret-key' });
  place = await makeWorkplace({ GEMINI_API_KEY: 'a-secret-key', GEMINI_BASE_URL: server.baseUrl });
  estimated = await estimate();
  run = await runCli(
    ['run-all', '--prompt', 'A lighthouse keeper finds a door in the sea', '--mode', 'real', '--verbose', '--json'],
    place.variables,
  );
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

function estimate(...more: string[]): Promise<Estimate> {
  return estimateIn('real', ...more);
}

async function estimateIn(mode: string, ...more: string[]): Promise<Estimate> {
  return jsonOf(await runCli(['estimate', '--mode', mode, '--json', ...more], place.variables)).estimate as Estimate;
}

async function count(sql: string): Promise<number> {
  const { rows } = await place.database.pool.query<{ n: string }>(`select count(*) as n from ${sql}`);
  return Number(rows[0]?.n);
}

it('completes against a server that speaks the wire format', () => {
  expect(run.code, run.stderr).toBe(0);
  expect(jsonOf(run)).toMatchObject({ status: 'succeeded' });
  expect(Number(jsonOf(run).cost)).toBeGreaterThan(0);
});

it('was estimated from typical sizes and list prices, and is from the journal from then on', async () => {
  const calls = await count('model_calls');
  const { cost, storyId } = jsonOf(run);
  const afterwards = await estimate();
  for (const each of [estimated, afterwards]) {
    expect(each.calls / calls).toBeGreaterThan(0.8);
    expect(each.calls / calls).toBeLessThan(1.2);
    expect(Number(each.costUsd) / Number(cost)).toBeGreaterThan(0.8);
    expect(Number(each.costUsd) / Number(cost)).toBeLessThan(1.2);
  }
  const { calls: stubCalls } = await estimateIn('stub');
  expect(stubCalls / calls).toBeGreaterThan(0.8);
  expect(stubCalls / calls).toBeLessThan(1.2);
  expect(estimated.basis).toEqual({ calls: 0, stories: 0, listPrices: true });
  expect(afterwards.basis).toEqual({ calls, stories: 1, listPrices: false });
  expect(await estimate('--story-id', String(storyId))).toMatchObject({ calls: 0, costUsd: 0, durationMs: 0 });
});

it('makes a bundle of the size and shape that a story has', async () => {
  const text = await readFile(path.join(String(jsonOf(run).bundlePath), 'story.json'), 'utf8');
  const kinds = storyBundleSchema.parse(JSON.parse(text)).scenelets.map(({ next }) => next.type);
  expect(kinds.length).toBeGreaterThanOrEqual(14);
  expect(kinds.filter((kind) => kind === 'branch').length).toBeGreaterThanOrEqual(2);
  expect(kinds.filter((kind) => kind === 'terminal').length).toBeGreaterThanOrEqual(3);
  expect(kinds).not.toContain('incomplete');
});

it('sends no request that the service would refuse', () => {
  expect(server.requests.filter(({ refusal }) => refusal !== null)).toEqual([]);
  for (const { path } of server.requests) expect(path).toMatch(/^\/v1beta\/models\/[\w.-]+:generateContent$/);
});

it('calls once for each artifact', async () => {
  const steps = await count('(select distinct coalesce(parent_id::text, $$root$$) from scenelets) steps');
  const texts = steps + (await count('scenelets')) + 4;
  const images = (await count('shots')) + (await count('reference_images'));
  const speech = await count('shots where audio_file_path is not null');
  const sent = Object.groupBy(server.requests, ({ kind }) => kind);
  expect(sent.text?.length).toBe(texts);
  expect(sent.image?.length).toBe(images);
  expect(sent.speech?.length).toBe(speech);
  expect(await count("model_calls where status = 'committed'")).toBe(texts + images + speech);
});

it('sends sheets and environments along with key frames, and no spoken words', () => {
  const keyFrames = server.requests.filter(
    ({ kind, body }) => kind === 'image' && promptOf(body).includes('"framing_and_angle"'),
  );
  expect(keyFrames.length).toBeGreaterThan(20);
  for (const { body } of keyFrames) {
    const prompt = JSON.parse(promptOf(body)) as { referenced_designs: Record<string, string[]> };
    expect(prompt).not.toHaveProperty('audio_and_narrative');
    const { characters = [], environments = [] } = prompt.referenced_designs;
    const images = (body.contents?.[0]?.parts ?? []).filter((part) => part.inlineData !== undefined);
    expect(images.length).toBe(new Set([...characters, ...environments]).size);
  }
});

it('never sends more than two voices', () => {
  for (const { body } of server.requests.filter(({ kind }) => kind === 'speech')) {
    const voices = body.generationConfig?.speechConfig?.multiSpeakerVoiceConfig?.speakerVoiceConfigs;
    if (voices !== undefined) expect(voices.length).toBe(2);
  }
});

it('keeps the key out of everything that it prints and stores', async () => {
  expect(run.stderr + run.stdout).not.toContain('a-secret-key');
  const { rows } = await place.database.pool.query('select request, reply_text, usage from model_calls');
  expect(JSON.stringify(rows)).not.toContain('a-secret-key');
});

/** The text of the last part: where the prompt stands after the reference images. */
function promptOf(body: { contents?: Parameters<typeof textOf>[0][] }): string {
  const parts = body.contents?.[0]?.parts ?? [];
  return parts.at(-1)?.text ?? '';
}
