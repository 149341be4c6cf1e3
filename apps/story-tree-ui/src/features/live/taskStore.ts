import type { ChatDraft } from '@story-tree/domain';
import type { TaskSummary } from '../../wire/index.ts';
import type { TaskEvent } from './liveTransport.ts';
import { isOver, mergeEvents, mergeTask } from './mergeTasks.ts';

const NO_EVENTS: readonly TaskEvent[] = [];

/** Lines kept of one task's log; the oldest go first. */
const LOG_LENGTH = 2_000;

/** One task, and what is known of its log: oldest line first. */
export interface KnownTask {
  task: TaskSummary | undefined;
  events: readonly TaskEvent[];
  draft: ChatDraft | undefined;
}

/**
 * Everything this page knows about tasks. REST responses and live messages can be added in any order, also repeatedly:
 * the result is the same.
 */
export interface TaskStore {
  add(tasks: readonly TaskSummary[]): void;
  addEvents(taskId: string, events: readonly TaskEvent[]): void;
  addDraft(draft: ChatDraft): void;
  clear(): void;
  /** The same object as before while nothing about the task has changed. */
  get(taskId: string): KnownTask;
  /** All tasks, newest first; the same array while none has changed. */
  all(): readonly TaskSummary[];
  subscribe(listener: () => void): () => void;
}

const UNKNOWN: KnownTask = { task: undefined, events: NO_EVENTS, draft: undefined };

export function createTaskStore(): TaskStore {
  const known = new Map<string, KnownTask>();
  const listeners = new Set<() => void>();
  let all: readonly TaskSummary[] | null = [];

  const get = (taskId: string) => known.get(taskId) ?? UNKNOWN;

  function put(taskId: string, next: KnownTask): boolean {
    const before = get(taskId);
    if (next.task === before.task && next.events === before.events && next.draft === before.draft) return false;
    known.set(taskId, next);
    if (next.task !== before.task) all = null;
    return true;
  }

  function tell(hasChanged: boolean): void {
    if (hasChanged) for (const listener of listeners) listener();
  }

  return {
    get,
    add(tasks) {
      const changes = tasks.map((task) => {
        const before = get(task.id);
        const merged = mergeTask(before.task, task);
        return put(task.id, { ...before, task: merged, draft: isOver(merged) ? undefined : before.draft });
      });
      tell(changes.includes(true));
    },
    addEvents(taskId, events) {
      const before = get(taskId);
      const merged = mergeEvents(before.events, events);
      tell(
        put(taskId, {
          ...before,
          events: merged.length > LOG_LENGTH ? merged.slice(-LOG_LENGTH) : merged,
          draft: before.draft && isAnswered(before.draft, events) ? undefined : before.draft,
        }),
      );
    },
    addDraft(draft) {
      const before = get(draft.taskId);
      if ((before.task && isOver(before.task)) || isAnswered(draft, before.events)) return;
      tell(put(draft.taskId, { ...before, draft }));
    },
    clear() {
      known.clear();
      all = null;
      tell(true);
    },
    all() {
      all ??= [...known.values()].flatMap(({ task }) => task ?? []).sort(newestFirst);
      return all;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Whether the turn that a draft is about is finished. What the person says in it may arrive later than the first words
 * of the answer.
 */
function isAnswered({ turn }: ChatDraft, events: readonly TaskEvent[]): boolean {
  return events.some(
    ({ eventType, payload }) => eventType === 'chat_message' && payload?.role === 'model' && payload.turn === turn,
  );
}

function newestFirst(a: TaskSummary, b: TaskSummary): number {
  return b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);
}
