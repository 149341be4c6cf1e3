import { type StoryTask, type StoryTasksRepository, StoryTreeError } from '@story-tree/domain';
import type { ChatMessage, TaskDetail, TaskPage, TaskSummary } from '../../wire/index.ts';
import type { StoryFinder } from '../stories/storyFinder.ts';
import { wire } from '../wire.ts';
import type { RequireHistory } from './storyHistory.ts';

/** How much of a task's log an answer has. */
const EVENTS = 200;
type PageRequest = Parameters<StoryTasksRepository['list']>[1];

/** What pages and programs read of tasks. Cursors say where a stream goes on so that nothing is missed in between. */
export interface TaskReading {
  /** @throws StoryTreeError `not_found` */
  detail(taskId: string): Promise<TaskDetail>;
  /** Tasks of one story, also of a deleted one. @throws StoryTreeError `not_found` */
  ofStory(storyId: string, page: PageRequest): Promise<TaskPage>;
  /** Tasks of all stories: active ones all, and then the newest ended ones up to the limit. */
  overview(limit: number): Promise<TaskPage>;
  /** What was said about a story's constitution, oldest first. @throws StoryTreeError `not_found` */
  chat(storyId: string): Promise<{ messages: readonly ChatMessage[]; cursor: string }>;
}

export interface TaskReadingParts {
  tasks: StoryTasksRepository;
  finder: StoryFinder;
  requireHistory: RequireHistory;
}

export function createTaskReading({ tasks, finder, requireHistory }: TaskReadingParts): TaskReading {
  return {
    async detail(taskId) {
      // Before all else: what happens from here on comes by the stream.
      const cursor = await tasks.cursor();
      const [task, events] = await Promise.all([tasks.get(taskId), tasks.events(taskId, EVENTS)]);
      if (task === null) throw missingTask(taskId);
      const { error, ...rest } = task;
      return { ...wire(rest), ...(error === null ? {} : { error }), events: wire(events), cursor };
    },

    async ofStory(storyId, page) {
      await requireHistory(storyId);
      const cursor = await tasks.cursor();
      const { tasks: found, nextCursor } = await tasks.list(storyId, page);
      return { tasks: found.map(summary), nextCursor, cursor };
    },

    async overview(limit) {
      const cursor = await tasks.cursor();
      return { tasks: (await tasks.overview(limit)).map(summary), nextCursor: null, cursor };
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
