import type { ProgressEvent } from '@story-tree/agent-backend';
import { type NewStoryTaskEvent, NOBODY, type StoryTask, StoryTreeError } from '@story-tree/domain';
import { describe, expect, it, vi } from 'vitest';
import { createReporter } from './reporter.ts';

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
