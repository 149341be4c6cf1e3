import type { TaskDetail, TaskSummary } from '../../wire/index.ts';
import type { LiveSink } from './liveTransport.ts';
import { summaryOf } from './mergeTasks.ts';
import { eventFromRow, type Row, taskFromRow } from './realtimeRows.ts';

/**
 * Turns rows into messages. Rows of one task come in the order in which they were written, the task before its event.
 * @param readTask reads a task that Realtime tells of for the first time in the middle of its life
 */
export function createRowReader(sink: Pick<LiveSink, 'message'>, readTask: (taskId: string) => Promise<TaskDetail>) {
  const tasks = new Map<string, TaskSummary>();

  async function find(taskId: string): Promise<TaskSummary> {
    const task = summaryOf(await readTask(taskId));
    // Its row may have arrived meanwhile, and is newer.
    if (!tasks.has(taskId)) tasks.set(taskId, task);
    return tasks.get(taskId) ?? task;
  }

  return {
    task(row: Row): void {
      const task = taskFromRow(row);
      tasks.set(task.id, task);
      sink.message({ kind: 'task', cursor: null, task, event: null });
    },
    /** @returns the event's id, which is its cursor */
    event(row: Row): string {
      const event = eventFromRow(row);
      const known = tasks.get(event.taskId);
      if (known) sink.message({ kind: 'task', cursor: event.id, task: known, event });
      else
        find(event.taskId).then(
          (task) => sink.message({ kind: 'task', cursor: event.id, task, event }),
          () => sink.message({ kind: 'resync' }),
        );
      return event.id;
    },
  };
}
