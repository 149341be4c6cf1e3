import type { StoryTaskRun } from '@story-tree/domain';
import { createStoryTasksRepository } from '@story-tree/supabase';
import { until } from '@story-tree/testkit/database/clusters.ts';
import { jsonOf, makeWorkplace, runCli, startCli, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueueTask, type PlayedTask } from './taskBench.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const DONE = { eventType: 'info', step: 'succeeded', message: 'The story is made.' } as const;

let place: Workplace;

beforeAll(async () => {
  place = await makeWorkplace();
});
afterAll(() => place.remove());

const cli = (...args: string[]) => runCli(args, place.variables);

async function running(prompt: string): Promise<{ task: PlayedTask; run: StoryTaskRun }> {
  const task = await enqueueTask(place, prompt);
  return { task, run: await task.start() };
}

describe('tasks that are not there', () => {
  it.each(['show', 'watch', 'cancel'])('%s says so and leaves with 1', async (command) => {
    for (const id of [UNKNOWN, 'x']) {
      const run = await cli('tasks', command, id, '--json');
      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/no.* task/);
      expect(run.stderr).not.toMatch(/\n\s+at /);
      expect(jsonOf(run)).toMatchObject({ status: 'failed', error: { code: 'not_found' } });
    }
  });

  it('an empty list says so', async () => {
    const run = await cli('tasks', 'list', '--story-id', UNKNOWN);
    expect(run).toMatchObject({ code: 0, stdout: 'There are no tasks yet.\n' });
  });
});

describe('watch', () => {
  it('leaves with 1 and the reason when the task fails', async () => {
    const { task, run } = await running('A fox');
    const watching = startCli(['tasks', 'watch', task.id, '--json'], place.variables);
    await until('the log is shown', () => watching.said().includes('Started.'));
    const error = { code: 'usage', message: 'The fox ran away.' } as const;
    await run.finish({ status: 'failed', error }, { eventType: 'error', step: 'failed', message: error.message });
    await task.release();
    const watched = await watching.ended;
    expect(watched.code).toBe(1);
    expect(watched.stderr).toContain('The fox ran away.');
    expect(jsonOf(watched)).toMatchObject({
      storyId: task.storyId,
      status: 'failed',
      error,
      storyTask: { status: 'failed' },
    });
  });

  it('leaves with 130 when the task is cancelled', async () => {
    const { task, run } = await running('A hare');
    const watching = startCli(['tasks', 'watch', task.id, '--json'], place.variables);
    await until('the log is shown', () => watching.said().includes('Started.'));
    await run.finish({ status: 'cancelled' }, { eventType: 'info', step: 'cancelled', message: 'Stopped.' });
    await task.release();
    const watched = await watching.ended;
    expect(watched.code).toBe(130);
    expect(jsonOf(watched)).toMatchObject({ status: 'cancelled', storyTask: { status: 'cancelled' } });
  });

  it('shows the log from its beginning as it grows, and leaves with 0 when the task succeeds', async () => {
    const task = await enqueueTask(place, 'An owl');
    const watching = startCli(['tasks', 'watch', task.id], place.variables);
    await until('the log is shown', () => watching.said().includes('Queued.'));
    const run = await task.start();
    await run.record([{ eventType: 'progress', step: 'unit-done', message: 'Half of it.', progress: 50 }]);
    await until('it is live', () => watching.said().includes('Half of it.'));
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
    const watched = await watching.ended;
    expect(watched.code).toBe(0);
    expect(watched.stdout).toBe('Create story: An owl: succeeded\n');
    const lines = watched.stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\S+ +/, ''));
    expect(lines).toEqual(['Queued.', 'Started.', 'Half of it.', 'The story is made.']);
  });

  it('of a task that has ended shows its log and leaves at once', async () => {
    const { task, run } = await running('A mole');
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
    const watched = await cli('tasks', 'watch', task.id);
    expect(watched.code).toBe(0);
    expect(watched.stderr).toContain('The story is made.');
  });

  it('is ended by Ctrl-C, and the task is not', async () => {
    const { task, run } = await running('A wolf');
    const watching = startCli(['tasks', 'watch', task.id, '--json'], place.variables);
    await until('the log is shown', () => watching.said().includes('Started.'));
    watching.process.kill('SIGINT');
    const watched = await watching.ended;
    expect(watched.code).toBe(130);
    expect(watched.stderr).toContain('the task goes on');
    expect(jsonOf(watched)).toMatchObject({ storyTask: { status: 'running', cancelRequestedAt: null } });
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
  });
});

describe('cancel', () => {
  it('refuses a task that has ended', async () => {
    const { task, run } = await running('A frog');
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
    const cancelled = await cli('tasks', 'cancel', task.id, '--json');
    expect(cancelled.code).toBe(1);
    expect(jsonOf(cancelled)).toMatchObject({ status: 'failed', error: { code: 'task_ended' } });
  });

  it('takes back a task that waits', async () => {
    const task = await enqueueTask(place, 'A toad');
    const cancelled = await cli('tasks', 'cancel', task.id);
    expect(cancelled).toMatchObject({ code: 0, stdout: 'Cancelled "Create story: A toad" before it began.\n' });
    expect(await createStoryTasksRepository(place.database.kysely).get(task.id)).toMatchObject({ status: 'cancelled' });
  });

  it('asks a task that runs to stop', async () => {
    const { task, run } = await running('A newt');
    const cancelled = await cli('tasks', 'cancel', task.id);
    expect(cancelled.code).toBe(0);
    expect(cancelled.stdout).toContain('Asked "Create story: A newt" to stop');
    expect((await cli('tasks', 'show', task.id)).stdout).toContain('running, asked to stop');
    await run.finish({ status: 'cancelled' }, { eventType: 'info', step: 'cancelled', message: 'Stopped.' });
    await task.release();
  });
});

describe('list and show', () => {
  it('list names status, progress, operation, age and id; --active only what is under way', async () => {
    const { task, run } = await running('A crab');
    await run.record([{ eventType: 'progress', step: 'unit-done', message: 'Some of it.', progress: 40 }]);
    const ended = await enqueueTask(place, 'A crow');
    await createStoryTasksRepository(place.database.kysely).cancel(ended.id);

    const all = (await cli('tasks', 'list')).stdout.split('\n');
    const line = all.find((candidate) => candidate.includes(task.id));
    expect(line).toMatch(/^[0-9a-f-]{36} {2}running +40 % +\d+ (s|min) {2}Create story: A crab$/);
    expect(all.some((candidate) => candidate.startsWith(`${ended.id}  cancelled`))).toBe(true);

    const active = jsonOf(await cli('tasks', 'list', '--active', '--json')).tasks as { id: string }[];
    expect(active.map(({ id }) => id)).toContain(task.id);
    expect(active.map(({ id }) => id)).not.toContain(ended.id);

    const ofStory = jsonOf(await cli('tasks', 'list', '--story-id', ended.storyId, '--json')).tasks as { id: string }[];
    expect(ofStory.map(({ id }) => id)).toEqual([ended.id]);
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
  });

  it('show tells the task with its log, oldest first', async () => {
    const { task, run } = await running('A snail');
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
    const shown = await cli('tasks', 'show', task.id);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/^Create story: A snail\n/);
    expect(shown.stdout).toContain(`story    ${task.storyId}`);
    expect(shown.stdout).toContain('status   succeeded, 100 %');
    expect(shown.stdout).toMatch(/Queued\..*Started\..*The story is made\./s);
    const json = jsonOf(await cli('tasks', 'show', task.id, '--json'));
    expect(json).toMatchObject({ storyId: task.storyId, status: 'succeeded', cost: 0, storyTask: { id: task.id } });
    expect((json.events as { step: string }[]).map(({ step }) => step)).toEqual(['queued', 'started', 'succeeded']);
  });
});

describe('a story that a task has', () => {
  it('cannot be run by hand: the sentence names the task and what can be done', async () => {
    const { task, run } = await running('A swan');
    const other = await cli('run-all', '--story-id', task.storyId, '--json');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(`The task "Create story: A swan" (${task.id})`);
    expect(other.stderr).toContain(`tasks cancel ${task.id}`);
    expect(jsonOf(other)).toMatchObject({ error: { code: 'story_busy', taskId: task.id } });
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
  });

  it('cannot be deleted, neither while the task runs nor while it waits', async () => {
    const task = await enqueueTask(place, 'A seal');
    const whileWaiting = await cli('stories', 'delete', task.storyId, '--yes', '--json');
    expect(whileWaiting.stderr).toContain(
      `The task "Create story: A seal" (${task.id}) is about to work on this story.`,
    );
    expect(jsonOf(whileWaiting)).toMatchObject({ error: { code: 'story_busy', taskId: task.id } });
    const run = await task.start();
    const whileRunning = await cli('stories', 'delete', task.storyId, '--yes', '--json');
    expect(whileRunning.code).toBe(1);
    expect(whileRunning.stderr).toContain(`The task "Create story: A seal" (${task.id}) is working on this story.`);
    await run.finish({ status: 'succeeded' }, DONE);
    await task.release();
    expect((await cli('stories', 'delete', task.storyId, '--yes')).code).toBe(0);
  });
});
