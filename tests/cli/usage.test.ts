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
    ['an unknown task', ['run-task', '--task', 'CREATE_MUSIC'], /no task "CREATE_MUSIC".*CREATE_CONSTITUTION/],
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
    ['an id that is none', ['stories', 'show', 'x'], /no story x/, 'not_found'],
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
      /no scenelet "intro"/,
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
      /no character "x"/,
      'not_found',
    ],
    [
      'an unknown environment',
      ['run-task', '--task', 'CREATE_ENVIRONMENT_REFERENCE_IMAGE', '--environment-id', 'x'],
      /no environment "x"/,
      'not_found',
    ],
  ])('%s', async (_, args, wanted, code) => {
    const run = await runCli([...args, '--json'], place.variables);
    expectSentence(run.stderr, wanted);
    expect(run.code).toBe(1);
    expect(jsonOf(run)).toMatchObject({ status: 'failed', error: { code } });
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
