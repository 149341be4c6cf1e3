import { ERROR_CODES, hasEnded, type StoryTask, StoryTreeError } from '@story-tree/domain';
import { createStoryTasksRepository, openStoryTaskFeed } from '@story-tree/supabase';
import type { CommandOutcome, CommandResult } from '../output.ts';
import type { Session } from '../session.ts';
import { eventText, taskTitle } from '../taskText.ts';
import { costOfTask, findTask, storyOf } from './tasks.ts';

/**
 * Shows a task's log and progress until it ends; the outcome decides the exit code. Ctrl-C only ends the watching.
 * @throws StoryTreeError `cancelled` when the watching was ended
 */
export async function watchTask(session: Session, taskId: string, result: CommandResult): Promise<CommandOutcome> {
  const found = await findTask(session, taskId);
  Object.assign(result, storyOf(found), { storyTask: found });
  const task = await follow(session, found);
  result.storyTask = task;
  result.cost = await costOfTask(session, task);
  if (!hasEnded(task.status)) throw stoppedWatching(task);
  return { result, lines: [`${taskTitle(task)}: ${task.status}`], ...failureOf(task) };
}

async function follow({ database, reporter, signal }: Session, found: StoryTask): Promise<StoryTask> {
  const { followTask, watchStalledTasks } = await import('@story-tree/story-tasks');
  const tasks = createStoryTasksRepository(database.kysely);
  const feed = await openStoryTaskFeed({ database, log: reporter.note });
  const stopWatching = watchStalledTasks({ tasks, log: reporter.log });
  let latest = found;
  try {
    for await (const { task, event } of followTask({ tasks, feed, taskId: found.id, after: '0', signal })) {
      latest = task;
      reporter.note(eventText(event));
      reporter.percent(task.displayFields.title, task.progress, event.message);
    }
    return latest;
  } finally {
    stopWatching();
    await feed.close();
  }
}

function failureOf({ status, error }: StoryTask): Pick<CommandOutcome, 'failure'> {
  if (status === 'succeeded') return {};
  if (status === 'cancelled') {
    const cancelled = new StoryTreeError('cancelled', 'The task was cancelled. What it had finished is kept.');
    return { failure: { exit: ERROR_CODES.cancelled.exit, error: cancelled } };
  }
  const { code = 'internal', message = 'The task failed for an unknown reason.' } = error ?? {};
  return { failure: { exit: 1, error: new StoryTreeError(code, message) } };
}

function stoppedWatching({ id }: StoryTask): StoryTreeError {
  return new StoryTreeError(
    'cancelled',
    `Stopped watching; the task goes on. \`story-tree tasks cancel ${id}\` stops it.`,
  );
}
