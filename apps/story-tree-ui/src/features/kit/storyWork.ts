'use client';

import { useMemo } from 'react';
import type { TaskSummary } from '../../wire/index.ts';
import { type TaskEvent, useStoryTasks, useTask } from '../live/index.ts';

/** What is being done to the story now. Changes with each event, so few components should depend on it. */
export interface StoryWork {
  /** The task that holds the story. */
  task: TaskSummary | null;
  /** Why nothing else can be asked of the story now, as a sentence; null when something can. */
  lock: string | null;
  /** What the task said last about a workflow task. */
  latest: UnitProgress | null;
  /** Whether a unit of a workflow task is under way. */
  isMaking(workflowTask: string, unit: string): boolean;
}

/** Follows the task that is holding a story. */
export function useWorkOn(storyId: string): StoryWork {
  const { active } = useStoryTasks(storyId);
  const task = holderOf(active);
  const { events } = useTask(task?.id ?? null);
  return useMemo(() => {
    const told = events.map(unitProgressOf).filter((progress) => progress !== null);
    const making = makingNow(told.toReversed());
    return {
      task,
      lock: task && lockReason(task),
      latest: told[0] ?? null,
      isMaking: (workflowTask, unit) => isMade(making, workflowTask, unit),
    };
  }, [task, events]);
}

/**
 * The one that is running, else the one that has waited longest. Operations that are not exclusive are done at once.
 */
function holderOf(active: readonly TaskSummary[]): TaskSummary | null {
  return active.find(({ status }) => status === 'running') ?? active.at(-1) ?? null;
}

function lockReason({ displayFields, status }: TaskSummary): string {
  const doing = status === 'running' ? 'is running' : 'is waiting to run';
  return `“${displayFields.title}” ${doing}. Wait until it is done, or cancel it.`;
}

/** What an event of a story task says about a workflow task. */
export interface UnitProgress {
  /** What happened, such as `call-started` or `unit-done`. */
  kind: string;
  /** The workflow task, such as `CREATE_SHOT_IMAGES`. */
  task: string;
  /** The unit's key: a scenelet's label, or `<label>/<shot>`. Null for the task as a whole. */
  unit: string | null;
  message: string;
  completed: number;
  total: number;
}

/** What an event says about a workflow task; null for events about something else. */
export function unitProgressOf({ step, payload, message }: TaskEvent): UnitProgress | null {
  const { task, unit, completed, total } = payload ?? {};
  if (typeof task !== 'string') return null;
  return {
    kind: step,
    task,
    unit: typeof unit === 'string' ? unit : null,
    message,
    completed: typeof completed === 'number' ? completed : 0,
    total: typeof total === 'number' ? total : 0,
  };
}

/** What is being made at this moment: keys of units by their workflow task. */
export type Making = ReadonlyMap<string, ReadonlySet<string>>;

/** What the events of a running task, oldest first, leave unfinished. */
export function makingNow(events: Iterable<Pick<UnitProgress, 'kind' | 'task' | 'unit'>>): Making {
  const making = new Map<string, Set<string>>();
  for (const { kind, task, unit } of events) {
    // One workflow task runs at a time: the end of one ends all its units.
    if (kind === 'task-started' || kind === 'task-done' || kind === 'task-skipped') making.delete(task);
    if (unit === null) continue;
    if (kind === 'call-started') making.set(task, (making.get(task) ?? new Set()).add(unit));
    if (kind === 'unit-done') making.get(task)?.delete(unit);
  }
  return making;
}

/** Whether the unit is being made at this moment. */
export function isMade(making: Making, task: string, unit: string): boolean {
  return making.get(task)?.has(unit) ?? false;
}
