import { jsonOf, makeWorkplace, runCli, runCliProcess, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueueTask, type PlayedTask } from './taskBench.ts';

/** Colours, a title for the window, a cleared screen, a line taken back, the same in C1, a turned direction, a new line. */
const HOSTILE = 'A\x1b[31m\x1b]0;owned\x07\x1b[2J\rB\x9b2J\x9d0;owned\x9c\u202eC\u2066\x7f\x08D\nforged: line';
const SHOWN = 'A[31m]0;owned[2J B2J0;ownedCD forged: line';
/** What may steer a terminal, new lines and tabs apart. */
const STEERING = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
/** The colours that lists and logs have. */
const OUR_COLOURS = ['2', '22', '31', '32', '33', '36', '39'].map((code) => `\x1b[${code}m`);

let place: Workplace;
let task: PlayedTask;

beforeAll(async () => {
  place = await makeWorkplace();
  task = await enqueueTask(place, HOSTILE);
  const run = await task.start();
  await run.record([{ eventType: 'info', step: 'unit', message: HOSTILE }]);
  const error = { code: 'usage', message: HOSTILE } as const;
  await run.finish({ status: 'failed', error }, { eventType: 'error', step: 'failed', message: HOSTILE });
  await task.release();
});
afterAll(() => place.remove());

/** Each command that prints what others have written. */
const COMMANDS: [string, () => string[]][] = [
  ['stories list', () => ['stories', 'list']],
  ['stories show', () => ['stories', 'show', task.storyId]],
  ['tasks list', () => ['tasks', 'list']],
  ['tasks show', () => ['tasks', 'show', task.id]],
  ['tasks watch', () => ['tasks', 'watch', task.id]],
  ['an error about what was typed', () => ['run-task', '--task', HOSTILE]],
  ['an error with its stack', () => ['stories', 'show', HOSTILE, '--verbose']],
  ['a wrong flag', () => ['stories', 'list', `--${HOSTILE}`]],
];

describe('what others have written does not steer the terminal', () => {
  it.each(COMMANDS)('in %s', async (_, args) => {
    const { stdout, stderr } = await runCli(args(), place.variables);
    expect(stdout + stderr).toContain(']0;owned');
    expect(stdout).not.toMatch(STEERING);
    expect(stderr).not.toMatch(STEERING);
  });

  it.each(COMMANDS)('in %s with colours', async (_, args) => {
    const { stdout, stderr } = await runCli(args(), { ...place.variables, FORCE_COLOR: '1' });
    const bare = OUR_COLOURS.reduce((text, colour) => text.replaceAll(colour, ''), stdout + stderr);
    expect(bare).not.toMatch(STEERING);
  });

  it('nor does it pretend to be a line of a list', async () => {
    for (const args of [
      ['stories', 'list'],
      ['stories', 'show', task.storyId],
    ]) {
      const { stdout } = await runCli(args, place.variables);
      expect(stdout).toContain(SHOWN);
      expect(stdout).not.toMatch(/^forged/m);
    }
    expect((await runCli(['tasks', 'list'], place.variables)).stdout.trimEnd()).not.toContain('\n');
  });

  it('and is told to programs as it is', async () => {
    const run = await runCli(['stories', 'list', '--json'], place.variables);
    expect(run.stdout).not.toMatch(STEERING);
    expect(jsonOf(run)).toMatchObject({ stories: [{ displayName: HOSTILE }] });
  });

  it('when a story is deleted by its name', async () => {
    const asked = await runCliProcess(['stories', 'delete', task.storyId], place.variables);
    expect(asked.stderr).toContain(SHOWN);
    const run = await runCli(['stories', 'delete', task.storyId, '--yes'], place.variables);
    expect(run.stdout).toBe(`Deleted "${SHOWN}".\n`);
  });
});
