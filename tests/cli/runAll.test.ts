import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Estimate, type StoryBundle, storyBundleSchema } from '@story-tree/domain';
import { storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import { jsonOf, makeWorkplace, runCli, SMALL_STORY, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

let place: Workplace;
let made: Record<string, unknown>;
let bundle: StoryBundle;

beforeAll(async () => {
  place = await makeWorkplace(SMALL_STORY);
  const run = await runCli(
    ['run-all', '--prompt', 'A lighthouse keeper finds a door in the sea', '--mode', 'stub', '--json'],
    place.variables,
  );
  expect(run.code, run.stderr).toBe(0);
  made = jsonOf(run);
  bundle = storyBundleSchema.parse(
    JSON.parse(await readFile(path.join(String(made.bundlePath), 'story.json'), 'utf8')),
  );
});
afterAll(() => place.remove());

it('makes a whole story from a prompt and says where it plays', () => {
  expect(made).toMatchObject({ status: 'succeeded', cost: 0 });
  expect(made.bundlePath).toBe(path.join(place.output, String(made.storyId)));
});

it('can be estimated, and says afterwards what it took', async () => {
  const estimate = async (...more: string[]) =>
    jsonOf(await runCli(['estimate', '--mode', 'stub', '--json', ...more], place.variables)).estimate as Estimate;
  expect((await estimate('--scenelets', '20', '--until', 'CREATE_CONSTITUTION')).tasks).toMatchObject([
    { task: 'CREATE_CONSTITUTION', title: 'Constitution', calls: 1, costUsd: 0 },
  ]);
  const again = await runCli(['run-all', '--story-id', String(made.storyId)], place.variables);
  expect(again.stdout).toMatch(/took +0 calls, \$0\.00, .*; estimated 0 calls, \$0\.00/);
});

it.each([
  [['estimate', '--story-id', '00000000-0000-4000-8000-000000000000'], 1, /There is no story/],
  [['estimate', '--task', 'CREATE_AUDIO_DESIGN', '--until', 'CREATE_AUDIO_DESIGN'], 2, /cannot be used with/],
  [['estimate', '--story-id', 'x', '--scenelets', '3'], 2, /cannot be used with/],
  [['run-all', '--mode', 'stub', '--max-cost', '0'], 2, /amount in US dollars/],
  [['run-all', '--mode', 'stub', '--max-cost', 'much'], 2, /amount in US dollars/],
])('refuses %j', async (args, code, why) => {
  const refused = await runCli(args, place.variables);
  expect(refused.code).toBe(code);
  expect(refused.stderr).toMatch(why);
});

it('gives every shot a picture and every line a voice', () => {
  for (const shot of bundle.scenelets.flatMap(({ shots }) => shots)) {
    expect(shot.imagePath).toMatch(/^assets\/shots\/scenelet-\w+\/\d+_key_frame\.png$/);
    if (shot.captions.length > 0) expect(shot.audioPath).toMatch(/^assets\/shots\/scenelet-\w+\/\d+_audio\.wav$/);
  }
});

it('writes story.json readably', async () => {
  const text = await readFile(path.join(String(made.bundlePath), 'story.json'), 'utf8');
  expect(text).toMatch(/^\{\n {2}"metadata": \{\n {4}"/);
});

it('makes nothing twice when run again', async () => {
  const { rows: before } = await place.database.pool.query('select count(*) from model_calls');
  const again = await runCli(['run-all', '--story-id', String(made.storyId), '--json'], place.variables);
  expect(again.code).toBe(0);
  expect(jsonOf(again)).toEqual(made);
  const { rows: after } = await place.database.pool.query('select count(*) from model_calls');
  expect(after).toEqual(before);
});

it('stops after the task named by --until', async () => {
  const run = await runCli(
    ['run-all', '--mode', 'stub', '--until', 'CREATE_INTERACTIVE_SCRIPT', '--json'],
    place.variables,
  );
  expect(run.code).toBe(0);
  const { storyId, bundlePath } = jsonOf(run);
  expect(bundlePath).toBeUndefined();
  const shown = jsonOf(await runCli(['stories', 'show', String(storyId), '--json'], place.variables));
  expect(shown.artifacts).toEqual(['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT']);
});

it('shows each audio request in full with --verbose, without binary data', async () => {
  const run = await runCli(
    [
      'run-task',
      '--task',
      'CREATE_SHOT_AUDIO',
      '--story-id',
      String(made.storyId),
      '--scenelet-id',
      'scenelet-1',
      '--shot-index',
      '1',
      '--override',
      '--verbose',
    ],
    place.variables,
  );
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('"voiceName"');
  expect(run.stderr).toContain('TRANSCRIPT');
  expect(run.stderr).toContain('stub-speech');
  expect(run.stderr).not.toContain('RIFF');
});

it('lists a story with its progress, size and cost, and ticks what is complete', async () => {
  const storyId = String(made.storyId);
  const list = await runCli(['stories', 'list'], place.variables);
  expect(list.stdout).toMatch(
    new RegExp(`^${storyId}  \\S+  stub  playable +5 scenelets  5 shots  \\$0\\.0000  `, 'm'),
  );
  await place.database.pool.query(
    `update shots set key_frame_image_path = null where id in (
       select shots.id from shots join scenelets on scenelets.id = scenelet_id where scenelets.story_id = $1 limit 2)`,
    [storyId],
  );
  const { stdout } = await runCli(['stories', 'show', storyId], place.variables);
  expect(stdout).toContain('✓ CREATE_SHOT_PRODUCTION\n');
  expect(stdout).toContain('◐ CREATE_SHOT_IMAGES, 3 of 5\n');
  expect(stdout).toContain('✓ CREATE_SHOT_AUDIO\n');
});

it('deletes a story with its files and keeps the others', async () => {
  const other = await storeNewStory(place.database);
  const gone = await runCli(['stories', 'delete', other, '--yes', '--json'], place.variables);
  expect(gone.code).toBe(0);
  const list = jsonOf(await runCli(['stories', 'list', '--json'], place.variables)).stories as { id: string }[];
  expect(list.map(({ id }) => id)).toContain(made.storyId);
  expect(list.map(({ id }) => id)).not.toContain(other);
});
