import { type ProgressEvent, WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import { expect, it } from 'vitest';
import { createProgressScale } from './progressScale.ts';

const event = (task: string, completed: number, total: number, kind: ProgressEvent['kind'] = 'unit-done') => ({
  ...{ kind, task, completed, total },
  unit: null,
  message: '',
});

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
