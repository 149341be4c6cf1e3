import { type CallHistory, type StoryTask, type StoryTasksRepository, StoryTreeError } from '@story-tree/domain';
import type { StoryTasks } from '@story-tree/story-tasks';
import type { TaskReading, TaskRequests } from '../../services/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { requireCaller } from '../auth/caller.ts';
import type { StoryFinder } from '../stories/storyFinder.ts';
import { toWire } from '../toWire.ts';

interface TaskReadingParts {
  tasks: StoryTasksRepository;
  history: Pick<CallHistory, 'spending'>;
  finder: Pick<StoryFinder, 'require'>;
  requireHistory: RequireHistory;
}

export function createTaskReading({ tasks, history, finder, requireHistory }: TaskReadingParts): TaskReading {
  return {
    async detail(taskId, { before, limit }) {
      // First of all: what happens from here on is in the stream.
      const cursor = await tasks.cursor();
      const task = await tasks.get(taskId);
      if (task === null) throw missingTask(taskId);
      // After the task: the log of an ended task is then complete.
      const found = await tasks.events(taskId, limit + 1, before);
      const events = found.slice(0, limit);
      const nextBefore = found.length > limit ? (events.at(-1)?.id ?? null) : null;
      const { calls, costUsd } = await history.spending(task.id);
      const { error, ...rest } = task;
      const log = { events: toWire(events), nextBefore };
      return { ...toWire(rest), ...(error === null ? {} : { error }), ...log, spent: { calls, costUsd }, cursor };
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
      return { messages: toWire(await tasks.chatHistory(storyId)), cursor };
    },
  };
}

/** The task without its payload, which may be long. */
export function summary({ payload: _, ...task }: StoryTask): TaskSummary {
  return toWire(task);
}

export function missingTask(taskId: string): StoryTreeError {
  return new StoryTreeError(
    'not_found',
    `There is no task ${taskId}. It may have gone with a story that was deleted: the list of tasks has those that are there.`,
  );
}

/**
 * Makes sure that the story exists or existed: the tasks of a deleted one stay readable.
 * @throws StoryTreeError `not_found`
 */
export type RequireHistory = (storyId: string) => Promise<void>;

export function createRequireHistory(tasks: StoryTasksRepository, finder: StoryFinder): RequireHistory {
  return async (storyId) => {
    const { tasks: any } = await tasks.list(storyId, { state: 'all', limit: 1 });
    if (any.length === 0) await finder.require(storyId);
  };
}

export function createTaskRequests(storyTasks: StoryTasks): TaskRequests {
  return {
    submit: (request) => storyTasks.submit({ ...request, requestedBy: requireCaller().id }),
    cancel: async (taskId) => summary(await storyTasks.cancel(taskId)),
  };
}
