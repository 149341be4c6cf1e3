import { describe, expect, it, vi } from 'vitest';
import { createTaskStore } from './taskStore.ts';
import { anEvent, aTask } from './testTasks.ts';

describe('the task store', () => {
  it('tells nobody about what it knew already', () => {
    const store = createTaskStore();
    const listener = vi.fn();
    store.add([aTask({ status: 'running', progress: 10 })]);
    store.addEvents('task-1', [anEvent()]);
    store.subscribe(listener);

    store.add([aTask({ status: 'running', progress: 10 }), aTask({ status: 'queued' })]);
    store.addEvents('task-1', [anEvent()]);

    expect(listener).not.toHaveBeenCalled();
  });

  it('gives the same objects until something changes, so that pages need not draw again', () => {
    const store = createTaskStore();
    store.add([aTask(), aTask({ id: 'task-2' })]);
    const [all, one] = [store.all(), store.get('task-1')];

    store.addEvents('task-2', [anEvent({ taskId: 'task-2' })]);

    expect(store.all()).toBe(all);
    expect(store.get('task-1')).toBe(one);
  });

  it('has tasks newest first', () => {
    const store = createTaskStore();
    store.add([
      aTask({ id: 'old', createdAt: '2026-11-20T09:00:00.000Z' }),
      aTask({ id: 'new', createdAt: '2026-11-20T11:00:00.000Z' }),
    ]);

    expect(store.all().map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('takes a draft away once its turn is finished, and once the task is over', () => {
    const store = createTaskStore();
    const draft = { taskId: 'task-1', storyId: 'story-1', turn: 1, text: 'Once' };
    const said = (id: string, role: string) => anEvent({ id, eventType: 'chat_message', payload: { role, turn: 1 } });
    store.add([aTask({ status: 'running' })]);

    store.addDraft(draft);
    expect(store.get('task-1').draft).toEqual(draft);
    store.addEvents('task-1', [said('1', 'user')]);
    expect(store.get('task-1').draft).toEqual(draft);
    store.addEvents('task-1', [said('2', 'model')]);
    expect(store.get('task-1').draft).toBeUndefined();
    store.addDraft(draft);
    expect(store.get('task-1').draft).toBeUndefined();

    store.addDraft({ ...draft, turn: 2 });
    store.add([aTask({ status: 'cancelled' })]);
    expect(store.get('task-1').draft).toBeUndefined();
    store.addDraft({ ...draft, turn: 2 });
    expect(store.get('task-1').draft).toBeUndefined();
  });
});
