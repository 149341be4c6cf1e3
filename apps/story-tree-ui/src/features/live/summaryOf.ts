import type { TaskDetail, TaskSummary } from '../../wire/index.ts';

/** What lists show of a task, out of all that is known of it. */
export function summaryOf(detail: TaskDetail): TaskSummary {
  const { error, events: _events, payload: _payload, cursor: _cursor, ...task } = detail;
  return { ...task, error: error ?? null };
}
