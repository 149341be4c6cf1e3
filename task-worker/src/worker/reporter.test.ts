import { type ProgressEvent, WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import { type NewStoryTaskEvent, NOBODY, type StoryTask, StoryTreeError } from '@story-tree/domain';
import { describe, expect, it, vi } from 'vitest';
import { createProgressScale, createReporter } from './reporter.ts';

const TASK: StoryTask = {
  id: '7b1f7ea0-0000-4000-8000-000000000000',
  storyId: '7b1f7ea0-0000-4000-8000-000000000001',
  operation: 'RUN_WORKFLOW_TASK',
  status: 'running',
  progress: 0,
  payload: { task: 'CREATE_SHOT_AUDIO' },
  displayFields: { title: 'Create shot audio' },
  requestedBy: NOBODY,
  error: null,
  cancelRequestedAt: null,
  stalledAt: null,
  createdAt: new Date(),
  startedAt: new Date(),
  finishedAt: null,
};

const unitDone = (completed: number): ProgressEvent => ({
  kind: 'unit-done',
  task: 'CREATE_SHOT_AUDIO',
  unit: `unit-${completed}`,
  message: `Unit ${completed}: stored.`,
  completed,
  total: 4,
});

const line = (message: string): NewStoryTaskEvent => ({ eventType: 'info', step: 'line', message });

const FIRST = line('first');

/** A reporter whose statements are done only when the test says so. */
function rig() {
  const statements: { messages: string[]; answer: PromiseWithResolvers<StoryTask> }[] = [];
  const record = vi.fn((events: readonly NewStoryTaskEvent[]) => {
    const answer = Promise.withResolvers<StoryTask>();
    statements.push({ messages: events.map(({ message }) => message), answer });
    return answer.promise;
  });
  const onPercent = vi.fn();
  const onFailure = vi.fn();
  const reporter = createReporter({
    task: TASK,
    first: FIRST,
    run: { record, draft: async () => undefined },
    onPercent,
    onFailure,
  });
  const messages = () => statements.map((statement) => statement.messages);
  return { reporter, record, statements, messages, onPercent, onFailure };
}

const LOST = new StoryTreeError('lease_lost', 'Gone.');

describe('reporter', () => {
  it('tells of the first failure, fails whoever waits, and writes nothing more', async () => {
    const { reporter, statements, record, onFailure } = rig();
    const waiting = reporter.record(line('one'));
    reporter.onProgress(unitDone(1));
    statements[0]?.answer.reject(LOST);
    await expect(waiting).rejects.toBe(LOST);
    await expect(reporter.flush()).rejects.toBe(LOST);
    await expect(reporter.record(line('two'))).rejects.toBe(LOST);
    expect(onFailure.mock.calls).toEqual([[LOST]]);
    expect(record).toHaveBeenCalledTimes(1);
  });

  it('keeps the order, one statement at a time, and sends together what has come up meanwhile', async () => {
    const { reporter, statements, messages, onPercent } = rig();
    reporter.onProgress(unitDone(1));
    reporter.onProgress(unitDone(2));
    const recorded = reporter.record(line('in between'), line('and more'));
    reporter.onProgress(unitDone(3));
    expect(messages()).toEqual([['first', 'Unit 1: stored.']]);
    statements[0]?.answer.resolve({ ...TASK, progress: 25 });
    await expect.poll(messages, { timeout: 10_000 }).toHaveLength(2);
    expect(messages()[1]).toEqual(['Unit 2: stored.', 'in between', 'and more', 'Unit 3: stored.']);
    statements[1]?.answer.resolve({ ...TASK, progress: 75 });
    await recorded;
    await reporter.flush();
    expect(onPercent.mock.calls).toEqual([[25], [75]]);
  });

  it('writes what comes up in the very moment in which it was done', async () => {
    const { reporter, statements, messages } = rig();
    reporter.onProgress(unitDone(1));
    statements[0]?.answer.resolve(TASK);
    await reporter.flush();
    reporter.onProgress(unitDone(2));
    expect(messages()).toEqual([['first', 'Unit 1: stored.'], ['Unit 2: stored.']]);
    expect(reporter.unsent()).toEqual([]);
  });

  it('stores its first line also when nothing comes after it', async () => {
    const { reporter, statements, messages } = rig();
    await expect.poll(messages, { timeout: 10_000 }).toEqual([['first']]);
    expect(reporter.unsent()).toEqual([]);
    statements[0]?.answer.resolve(TASK);
    await reporter.flush();
  });

  it('leaves its first line to whoever writes the last one', async () => {
    const { reporter, record } = rig();
    await reporter.flush();
    expect(reporter.unsent()).toEqual([FIRST]);
    expect(reporter.unsent()).toEqual([]);
    await reporter.record();
    expect(record).not.toHaveBeenCalled();
  });

  it('makes lines of a log out of progress', () => {
    const { reporter, record } = rig();
    reporter.onProgress(unitDone(1));
    expect(record.mock.calls[0]?.[0]).toEqual([
      FIRST,
      {
        eventType: 'progress',
        step: 'unit-done',
        message: 'Unit 1: stored.',
        payload: { task: 'CREATE_SHOT_AUDIO', unit: 'unit-1', completed: 1, total: 4 },
        progress: 25,
      },
    ]);
  });
});

const event = (task: string, completed: number, total: number, kind: ProgressEvent['kind'] = 'unit-done') => ({
  ...{ kind, task, completed, total },
  unit: null,
  message: '',
});

describe('the percent of a task', () => {
  it('counts the units of a single workflow task', () => {
    const percent = createProgressScale({ operation: 'RUN_WORKFLOW_TASK', payload: { task: 'CREATE_SHOT_IMAGES' } });
    expect(percent(event('CREATE_SHOT_IMAGES', 0, 3))).toBe(0);
    expect(percent(event('CREATE_SHOT_IMAGES', 1, 3))).toBe(33);
  });

  it('does not fall when a script unfolds', () => {
    const percent = createProgressScale({
      operation: 'RUN_WORKFLOW_TASK',
      payload: { task: 'CREATE_INTERACTIVE_SCRIPT' },
    });
    expect(percent(event('CREATE_INTERACTIVE_SCRIPT', 1, 2))).toBe(50);
    expect(percent(event('CREATE_INTERACTIVE_SCRIPT', 2, 10))).toBe(50);
    expect(percent(event('CREATE_INTERACTIVE_SCRIPT', 6, 10))).toBe(60);
  });

  it('adds up tasks that run side by side, and takes those at their word of whose units not all are known', () => {
    const percent = createProgressScale({ operation: 'CREATE_STORY', payload: { prompt: 'A door', runAll: true } });
    const ahead = { ...event('CREATE_SHOT_IMAGES', 2, 2), share: 0.1 };
    expect(percent(ahead)).toBe(0);
    expect(percent(event('CREATE_CONSTITUTION', 1, 1, 'task-done'))).toBe(10);
    expect(percent({ ...ahead, share: 0.05 })).toBe(10);
    expect(percent(event('CREATE_SHOT_AUDIO', 1, 2))).toBe(14);
  });

  it('leaves 100 to the end itself', () => {
    const percent = createProgressScale({ operation: 'BUILD_PLAYER_BUNDLE', payload: {} });
    expect(percent(event('CREATE_PLAYER_BUNDLE', 1, 1, 'task-done'))).toBe(99);
  });

  it.each([
    ['RUN_WORKFLOW_TASK', { task: 'ALL' }, WORKFLOW_TASK_NAMES],
    ['CREATE_STORY', { prompt: 'A door', runAll: true }, WORKFLOW_TASK_NAMES],
    [
      'CREATE_STORY',
      { prompt: 'A door', autoGenerate: true, includeInteractiveScript: true },
      ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT'],
    ],
    ['CREATE_STORY', { prompt: 'A door', autoGenerate: true }, ['CREATE_CONSTITUTION']],
  ] as const)('gives each workflow task of %s %o its even share', (operation, payload, stages) => {
    const percent = createProgressScale({ operation, payload });
    stages.forEach((stage, index) => {
      expect(percent(event(stage, 1, 2))).toBe(Math.floor(((index + 0.5) / stages.length) * 100));
      const share = Math.min(99, Math.floor(((index + 1) / stages.length) * 100));
      expect(percent(event(stage, 0, 5, 'task-skipped'))).toBe(share);
    });
  });
});
