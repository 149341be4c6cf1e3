import { describe, expect, it } from 'vitest';
import { shownStatus } from '../../components/index.ts';
import type { Health } from '../../wire/index.ts';
import { anEvent } from '../live/testTasks.ts';
import { stagesOf } from './list/StageList.tsx';
import { currentStep, lastWord } from './model/currentStep.ts';
import { madeLink } from './model/madeLink.ts';
import { storyIdOf } from './TasksButton.tsx';
import { healthProblem } from './WorkerNotice.tsx';

const unit = (step: string, task: string, completed = 0, total = 0) =>
  anEvent({ step, payload: { task, unit: null, completed, total } });

describe('stagesOf', () => {
  it('tells how far each workflow task has come, in the order in which they began', () => {
    const stages = stagesOf([
      anEvent({ step: 'queued', payload: null }),
      unit('task-started', 'CREATE_CONSTITUTION', 0, 1),
      unit('task-done', 'CREATE_CONSTITUTION', 1, 1),
      unit('task-skipped', 'CREATE_VISUAL_DESIGN', 1, 1),
      unit('task-started', 'CREATE_SHOT_IMAGES', 2, 9),
      unit('unit-done', 'CREATE_SHOT_IMAGES', 4, 9),
      unit('call-started', 'CREATE_SHOT_IMAGES', 3, 9),
    ]);
    expect(stages).toMatchObject([
      { title: 'Constitution', state: 'done' },
      { title: 'Visual design', state: 'skipped' },
      { title: 'Key frames', state: 'running', completed: 4, total: 9 },
    ]);
  });

  it('takes nothing else for a workflow task', () => {
    expect(stagesOf([unit('call-started', 'CONSTITUTION_CHAT_UPDATE'), unit('x', 'constructor')])).toEqual([]);
  });
});

describe('currentStep', () => {
  const chat = anEvent({ eventType: 'chat_message', message: 'Make it rain' });
  const running = { status: 'running', cancelRequestedAt: null, stalledAt: null } as const;

  it('is the latest line that is not said by somebody', () => {
    expect(currentStep(running, [chat, anEvent({ message: 'Asking the text model.' })])).toBe('Asking the text model.');
    expect(currentStep(running, [chat])).toBe('Working.');
  });

  it('says what a task waits for', () => {
    const queued = { status: 'queued', cancelRequestedAt: null, stalledAt: null } as const;
    expect(currentStep(queued, [anEvent({ step: 'queued', message: 'Queued.' })])).toBe('Waiting for a worker.');
    expect(currentStep(queued, [anEvent({ step: 'waiting', message: 'Waiting: the command line is at work.' })])).toBe(
      'Waiting: the command line is at work.',
    );
  });

  it('says that nobody is working on a task, whatever was done last', () => {
    const stalled = { ...running, stalledAt: '2026-11-20T10:00:00.000Z' };
    expect(currentStep(stalled, [anEvent()])).toMatch(/^Its worker has stopped\./);
    expect(shownStatus(stalled)).toBe('stalled');
    expect(shownStatus({ ...stalled, status: 'succeeded' })).toBe('succeeded');
  });

  it('says that a task is about to stop', () => {
    const stopping = { ...running, cancelRequestedAt: '2026-11-20T10:00:00.000Z' };
    expect(currentStep(stopping, [anEvent()])).toBe('Stopping at the next opportunity.');
  });
});

it('finds the last word of a log', () => {
  expect(lastWord([anEvent({ step: 'succeeded', message: 'Ready.' }), anEvent()])).toBe('Ready.');
  expect(lastWord([anEvent()])).toBeUndefined();
});

describe('madeLink', () => {
  const done = { storyId: 'story 1', operation: 'RUN_WORKFLOW_TASK', status: 'succeeded' } as const;

  it('leads to what was made', () => {
    expect(madeLink({ ...done, payload: { task: 'CREATE_SHOT_AUDIO' } })?.href).toBe('/story/story%201/audio');
    expect(madeLink({ ...done, payload: { task: 'ALL' } })?.label).toBe('Play the story');
    expect(madeLink({ ...done, operation: 'CREATE_STORY', payload: { prompt: 'x', runAll: false } })?.href).toBe(
      '/story/story%201/constitution',
    );
  });

  it('leads nowhere when nothing was made', () => {
    expect(madeLink({ ...done, status: 'failed', payload: { task: 'ALL' } })).toBeNull();
    expect(madeLink({ ...done, operation: 'DELETE_STORY', payload: {} })).toBeNull();
    expect(madeLink({ ...done, payload: { task: 'toString' } })).toBeNull();
  });
});

it('knows the story that a page is about', () => {
  expect(['/story/abc/script', '/story/abc', '/story', '/sign-in', '/'].map(storyIdOf)).toEqual([
    'abc',
    'abc',
    null,
    null,
    null,
  ]);
});

it('names the part that is missing; what depends on it may only seem to be', () => {
  const whole: Health = { status: 'ok', database: true, queue: true, workers: 1, mode: 'stub', authentication: false };
  expect(healthProblem(whole)).toBeNull();
  expect(healthProblem({ ...whole, workers: 0 })).toBe('worker');
  expect(healthProblem({ ...whole, queue: false, workers: 0 })).toBe('queue');
  expect(healthProblem({ ...whole, database: false, queue: false, workers: 0 })).toBe('database');
});
