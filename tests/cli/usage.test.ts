import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import {
  jsonOf,
  makeWorkplace,
  runCli,
  runCliProcess,
  SMALL_STORY,
  type Workplace,
} from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let place: Workplace;
let storyId: string;

beforeAll(async () => {
  place = await makeWorkplace(SMALL_STORY);
  storyId = String(jsonOf(await runCli(['run-all', '--json'], place.variables)).storyId);
});
afterAll(() => place.remove());

it.each<[string, number, string[]]>([
  ['help', 0, ['run-task', '--help']],
  ['help beside the one object', 0, ['--help', '--json']],
  ['the version', 0, ['--version']],
  ['what there is', 0, ['stories', 'list']],
  ['what cannot be done', 1, ['stories', 'show', 'x', '--json']],
  ['wrong usage', 2, ['paint', '--json']],
  ['a question that nobody can be asked', 2, ['stories', 'delete', 'STORY']],
])('as a process says and leaves the same as in the process of these tests: %s', async (_, code, words) => {
  const args = words.map((word) => (word === 'STORY' ? storyId : word));
  const run = await runCliProcess(args, place.variables);
  expect(run.code).toBe(code);
  expect(run).toEqual(await runCli(args, place.variables));
});

it('shows no secret, however it comes to be in what is wrong', async () => {
  const key = 'the-key-that-nobody-may-see';
  const args = ['stories', 'show', encodeURIComponent(btoa(key)), '--verbose', '--json'];
  const { code, stdout, stderr } = await runCli(args, { ...place.variables, GEMINI_API_KEY: key });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { message: expect.stringContaining('[redacted]') } });
  expect(stderr).toContain('[redacted]');
  expect(stdout + stderr).not.toContain(btoa(key).slice(0, 12));
});

/** One sentence, no stack: what a person reads. */
function expectSentence(stderr: string, wanted: RegExp): void {
  expect(stderr).toMatch(wanted);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe('wrong usage leaves with 2 and one sentence', () => {
  it.each<[string, string[], RegExp]>([
    ['no command', [], /Which command\?/],
    ['an unknown command', ['paint'], /unknown command 'paint'/i],
    [
      'an unknown task',
      ['run-task', '--task', 'CREATE_MUSIC'],
      /'CREATE_MUSIC' is invalid\. Allowed choices are CREATE_CONSTITUTION, /,
    ],
    ['no task', ['run-task'], /--task/],
    ['a shot without its scenelet', ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--shot-index', '2'], /--scenelet-id/],
    [
      'resume with override',
      ['run-task', '--task', 'CREATE_SHOT_IMAGES', '--resume', '--override'],
      /one of --resume and --override/,
    ],
    [
      'resume with one environment',
      ['run-task', '--task', 'CREATE_ENVIRONMENT_REFERENCE_IMAGE', '--resume', '--environment-id', 'x'],
      /--environment-id/,
    ],
    [
      'a flag of another task',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--character-id', 'x'],
      /--character-id is not an option of CREATE_SHOT_AUDIO/,
    ],
    [
      'the script flag with another task',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--resume-interactive-script'],
      /CREATE_INTERACTIVE_SCRIPT only/,
    ],
    [
      'an override that is neither true nor false',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--override=maybe'],
      /true or false/,
    ],
    ['an empty prompt', ['create', '--prompt', '  '], /--prompt: This is empty; write something\./],
    ['a title that nobody can see', ['create', '--prompt', 'A', '--title', '\u200b'], /--title: .*nobody can see/],
    ['a story and a prompt', ['run-all', '--story-id', 'x', '--prompt', 'y'], /cannot be used with/],
    ['no prompt in real mode', ['run-all', '--mode', 'real'], /What is the story about\?/],
    ['no scenelets', ['create', '--prompt', 'A cat', '--scenelets', '0'], /--scenelets/],
    ['too many words', ['stories', 'list', 'all'], /too many arguments/i],
    ['deleting where nobody can be asked', ['stories', 'delete', 'STORY'], /--yes/],
    [
      'cascade on its own',
      ['run-task', '--task', 'CREATE_VISUAL_DESIGN', '--cascade'],
      /^CREATE_VISUAL_DESIGN: --cascade needs --override: /,
    ],
    [
      'resume with overwrite',
      ['run-task', '--task', 'CREATE_PLAYER_BUNDLE', '--resume', '--overwrite'],
      /^CREATE_PLAYER_BUNDLE: Choose one of --resume and --overwrite: /,
    ],
    [
      'resume with guidance',
      ['run-task', '--task', 'CREATE_CONSTITUTION', '--resume', '--guidance', 'Darker'],
      /Choose one of --resume and --guidance: /,
    ],
    [
      'both ways to resume the script, at odds',
      ['run-task', '--task', 'CREATE_INTERACTIVE_SCRIPT', '--resume-interactive-script', '--resume=false'],
      /contradict each other/,
    ],
    [
      'a shot that cannot be',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--scenelet-id', 'scenelet-1', '--shot-index', '0'],
      /^CREATE_SHOT_AUDIO: --shot-index: Shots are counted from 1: give a whole number\.\n$/,
    ],
    [
      'an empty target',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--scenelet-id', ''],
      /^CREATE_SHOT_AUDIO: --scenelet-id: Give some text\.\n$/,
    ],
    ['an empty output path', ['run-task', '--task', 'CREATE_PLAYER_BUNDLE', '--output-path='], /--output-path: Give/],
    ['an empty title', ['create', '--prompt', 'A cat', '--title', ''], /--title .*It is empty/],
    ['an empty id', ['stories', 'show', ''], /It is empty/],
    ['no number', ['run-all', '--scenelets', ''], /whole number from 1 to 100\. /],
    [
      'an estimate that overlaps one task',
      ['estimate', '--task', 'CREATE_AUDIO_DESIGN', '--overlap'],
      /cannot be used/,
    ],
  ])('%s', async (_, args, wanted) => {
    const run = await runCli(
      args.map((arg) => (arg === 'STORY' ? storyId : arg)),
      place.variables,
    );
    expectSentence(run.stderr, wanted);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
  });
});

describe('what cannot be done leaves with 1 and one sentence', () => {
  const unknown = '00000000-0000-4000-8000-000000000000';
  it.each<[string, string[], RegExp, string]>([
    ['a missing story', ['run-all', '--story-id', unknown], /no story 00000000/, 'not_found'],
    ['an id that is none', ['stories', 'show', 'x'], /no story x\. `npm run story-tree -- stories list`/, 'not_found'],
    ['real mode without a key', ['run-all', '--prompt', 'A cat', '--mode', 'real'], /GEMINI_API_KEY/, 'not_configured'],
    ['a completed document', ['run-task', '--task', 'CREATE_AUDIO_DESIGN'], /--override/, 'already_completed'],
    ['media that is there', ['run-task', '--task', 'CREATE_SHOT_AUDIO'], /--resume/, 'already_completed'],
    [
      'an override with dependants',
      ['run-task', '--task', 'CREATE_VISUAL_DESIGN', '--override'],
      /--cascade/,
      'has_dependants',
    ],
    ['a bundle that is there', ['run-task', '--task', 'CREATE_PLAYER_BUNDLE'], /--overwrite/, 'bundle_exists'],
    [
      'an unknown scenelet',
      ['run-task', '--task', 'CREATE_SHOT_AUDIO', '--scenelet-id', 'intro'],
      /no scenelet "intro"\. The scenelets are scenelet-1, /,
      'not_found',
    ],
    [
      'an unknown shot',
      ['run-task', '--task', 'CREATE_SHOT_IMAGES', '--scenelet-id', 'scenelet-1', '--shot-index', '9'],
      /scenelet-1 has no shot 9/,
      'not_found',
    ],
    [
      'an unknown character',
      ['run-task', '--task', 'CREATE_CHARACTER_MODEL_SHEET', '--character-id', 'x'],
      /no character "x"\. The characters are \w+, /,
      'not_found',
    ],
    [
      'an unknown environment',
      ['run-task', '--task', 'CREATE_ENVIRONMENT_REFERENCE_IMAGE', '--environment-id', 'x'],
      /no environment "x"\. The environments are [\w-]+, /,
      'not_found',
    ],
  ])('%s', async (_, args, wanted, code) => {
    const run = await runCli([...args, '--json'], place.variables);
    expectSentence(run.stderr, wanted);
    expect(run.code).toBe(1);
    expect(jsonOf(run)).toMatchObject({ status: 'failed', error: { code } });
  });

  it('a setting that cannot be used', async () => {
    const run = await runCli(['stories', 'list', '--json'], { ...place.variables, PORT: '80a' });
    expectSentence(run.stderr, /^PORT is "80a" in the environment\. Give a whole number from 0 to 65535\.\n$/);
    expect(run.code).toBe(1);
    expect(jsonOf(run)).toMatchObject({ status: 'failed', error: { code: 'not_configured' } });
  });

  it('a database that does not answer', async () => {
    const run = await runCli(['stories', 'list', '--json'], { DATABASE_URL: 'postgres://a:secret@127.0.0.1:9/x' });
    expectSentence(run.stderr, /No database answers at 127\.0\.0\.1:9/);
    expect(run.stderr + run.stdout).not.toContain('secret');
    expect(run.code).toBe(1);
    expect(jsonOf(run)).toMatchObject({ error: { code: 'database_unavailable' } });
  });

  it('a variable that cannot be used', async () => {
    const run = await runCli(['stories', 'list'], { ...place.variables, STUB_SCENELETS: 'many' });
    expectSentence(run.stderr, /STUB_SCENELETS/);
    expect(run.code).toBe(1);
  });
});

describe('folders', () => {
  const bundle = (...more: string[]) => ['run-task', '--task', 'CREATE_PLAYER_BUNDLE', '--story-id', storyId, ...more];

  it('are taken from where the command was typed', async () => {
    const run = await runCli([...bundle('--output-path', './mine'), '--json'], place.variables, place.output);
    expect(jsonOf(run)).toMatchObject({ bundlePath: path.join(place.output, 'mine', storyId) });
    expect(await readdir(path.join(place.output, 'mine'))).toEqual([storyId]);
  });

  it.each([
    [
      'bundles',
      { STORY_TREE_OUTPUT: 'FILE/x' },
      /^The folder for bundles, .*; set STORY_TREE_OUTPUT to another folder\.$/m,
    ],
    [
      'pictures',
      { STORY_TREE_ASSETS: 'FILE' },
      /^The folder for pictures .*; set STORY_TREE_ASSETS to another folder\.$/m,
    ],
  ])('of %s that cannot be written are found before a story is created', async (_, variables, wanted) => {
    const file = path.join(place.output, 'a file');
    await writeFile(file, '');
    const set = Object.entries(variables).map(([name, value]) => [name, value.replace('FILE', file)]);
    // With no database to ask, it is told all the same.
    const nowhere = { ...place.variables, DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x', ...Object.fromEntries(set) };
    const run = await runCli(['run-all', '--mode', 'stub'], nowhere);
    expectSentence(run.stderr, wanted);
    expect(run.code).toBe(1);
  });

  it.runIf(process.platform === 'linux')('where none can be created are told of at once', async () => {
    const run = await runCli(bundle('--output-path', '/proc/x'), place.variables);
    expectSentence(run.stderr, /^The folder for bundles, \/proc\/x, .*; choose another --output-path\.$/m);
    expect(run.code).toBe(1);
  });
});

it('names the tasks to run first, in order', async () => {
  const fresh = await makeWorkplace();
  try {
    await storeNewStory(fresh.database);
    const run = await runCli(['run-task', '--task', 'CREATE_SHOT_AUDIO'], fresh.variables);
    expect(run.stderr).toContain(
      'CREATE_CONSTITUTION, then CREATE_INTERACTIVE_SCRIPT, then CREATE_VISUAL_DESIGN, then CREATE_AUDIO_DESIGN',
    );
    expect(run.code).toBe(1);
  } finally {
    await fresh.remove();
  }
});

it('asks which story is meant when there are several', async () => {
  const two = await makeWorkplace();
  try {
    const first = await runCli(['create', '--prompt', 'A cat', '--mode', 'stub'], two.variables);
    const second = await storeNewStory(two.database);
    const run = await runCli(['run-task', '--task', 'CREATE_CONSTITUTION'], two.variables);
    expect(run.stderr).toContain(first.stdout.trim());
    expect(run.stderr).toContain(second);
    expect(run.code).toBe(2);
  } finally {
    await two.remove();
  }
});

it('a misspelt setting is told of on stderr alone', async () => {
  const run = await runCli(['stories', 'list', '--json'], { ...place.variables, STORY_TREE_ASETS: 'x' });
  expect(run.stderr).toMatch(/^Warning: STORY_TREE_ASETS .* did you mean STORY_TREE_ASSETS\?\n/);
  expect(jsonOf(run)).toMatchObject({ status: 'succeeded' });
});
