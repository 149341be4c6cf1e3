import type { Log } from '@story-tree/domain';
import { defaultMode } from '@story-tree/runtime';
import { createStoryTasks, openStoryTaskQueue } from '@story-tree/story-tasks';
import { createStoryTasksRepository } from '@story-tree/supabase';
import type { CommandOutcome } from '../output.ts';
import type { Session } from '../session.ts';
import { taskTitle } from '../taskText.ts';
import { storyOf } from './tasks.ts';

/**
 * Cancels a queued task at once and takes its job out of the queue; asks a running one to stop. While the queue is away,
 * the task is cancelled all the same, and a worker removes the job later.
 * @throws StoryTreeError `not_found`, `task_ended`, `task_unstoppable`, `not_configured` for a `REDIS_URL` that is not one
 */
export async function cancelTask(session: Session, taskId: string): Promise<CommandOutcome> {
  const { environment, database, reporter } = session;
  // That the queue cannot be reached is told once, by what comes of it.
  const log: Log = (_level, message, fields) => reporter.log('debug', message, fields);
  const queue = await openStoryTaskQueue({ environment, database, log });
  try {
    const tasks = createStoryTasksRepository(database.kysely);
    const storyTasks = createStoryTasks({ tasks, queue, mode: defaultMode(environment), log: reporter.log });
    const task = await storyTasks.cancel(taskId);
    const line =
      task.status === 'cancelled'
        ? `Cancelled "${taskTitle(task)}" before it began.`
        : `Asked "${taskTitle(task)}" to stop; what it has finished is kept.`;
    return { result: { ...storyOf(task), storyTask: task }, lines: [line] };
  } finally {
    await queue.close();
  }
}
