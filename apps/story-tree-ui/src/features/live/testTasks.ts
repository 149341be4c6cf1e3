import type { TaskSummary } from '../../wire/index.ts';
import type { TaskEvent } from './liveTransport.ts';

export function aTask(change: Partial<TaskSummary> = {}): TaskSummary {
  return {
    id: 'task-1',
    storyId: 'story-1',
    operation: 'RUN_WORKFLOW_TASK',
    status: 'queued',
    progress: 0,
    displayFields: { title: 'Make everything' },
    requestedBy: '00000000-0000-0000-0000-000000000000',
    error: null,
    cancelRequestedAt: null,
    stalledAt: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...change,
  };
}

export function anEvent(change: Partial<TaskEvent> = {}): TaskEvent {
  return {
    id: '1',
    taskId: 'task-1',
    storyId: 'story-1',
    eventType: 'progress',
    step: 'unit-done',
    message: 'Key frame of scenelet-2, shot 1: stored.',
    payload: null,
    createdAt: '2026-11-20T10:00:05.000Z',
    ...change,
  };
}
