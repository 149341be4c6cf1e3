import { type CallHistory, type StoryTask, type StoryTasksRepository, StoryTreeError } from '@story-tree/domain';
import type { TaskSummary } from '../../wire/index.ts';
import type { TaskReading } from '../appServices.ts';
import type { StoryFinder } from '../stories/storyFinder.ts';
import { wire } from '../wire.ts';
import type { RequireHistory } from './storyHistory.ts';

/** How much of a task's log an answer has. */
const EVENTS = 200;

export interface TaskReadingParts {
  tasks: StoryTasksRepository;
  history: Pick<CallHistory, 'spending'>;
  finder: Pick<StoryFinder, 'require'>;
  requireHistory: RequireHistory;
}

export function createTaskReading({ tasks, history, finder, requireHistory }: TaskReadingParts): TaskReading {
  return {
    async detail(taskId) {
      // Before all else: what happens from here on comes by the stream.
      const cursor = await tasks.cursor();
      const task = await tasks.get(taskId);
      if (task === null) throw missingTask(taskId);
      // After the task: the log of one that has ended says so.
      const events = await tasks.events(taskId, EVENTS);
      const { calls, costUsd } = await history.spending(task.id);
      const { error, ...rest } = task;
      const spent = { calls, costUsd };
      return { ...wire(rest), ...(error === null ? {} : { error }), events: wire(events), spent, cursor };
    },

    async ofStory(storyId, page) {
      await requireHistory(storyId);
      const cursor = await tasks.cursor();
      const { tasks: found, nextCursor } = await tasks.list(storyId, page);
      return { tasks: found.map(summary), nextCursor, cursor };
    },

    async overview(page) {
      const cursor = await tasks.cursor();
      const { tasks: found, nextCursor } = await tasks.overview(page);
      return { tasks: found.map(summary), nextCursor, cursor };
    },

    async chat(storyId) {
      await finder.require(storyId);
      const cursor = await tasks.cursor();
      return { messages: wire(await tasks.chatHistory(storyId)), cursor };
    },
  };
}

/** The task without what it was asked for in full, which may be long. */
export function summary({ payload: _, ...task }: StoryTask): TaskSummary {
  return wire(task);
}

export function missingTask(taskId: string): StoryTreeError {
  return new StoryTreeError(
    'not_found',
    `There is no task ${taskId}. It may be so old that it was removed: look at the tasks of its story.`,
  );
}
