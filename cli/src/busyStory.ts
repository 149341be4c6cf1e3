import { operationDefinition, type StoryTask, type StoryTreeError, storyBusy, taskHolder } from '@story-tree/domain';
import { createStoryTasksRepository, type Database } from '@story-tree/supabase';
import { taskTitle } from './taskText.ts';

/** More than can be active on one story at once: only one of them may write to it. */
const ACTIVE_TASKS = 20;

/** The task that writes to a story or is about to; undefined when there is none. */
export async function writingTask({ kysely }: Database, storyId: string): Promise<StoryTask | undefined> {
  const { tasks } = await createStoryTasksRepository(kysely).list(storyId, { state: 'active', limit: ACTIVE_TASKS });
  return tasks.find(({ operation }) => operationDefinition(operation).exclusive);
}

/** Says which task has the story, and how to watch or cancel it. */
export function busyWithTask(task: StoryTask): StoryTreeError {
  const { id, status } = task;
  return storyBusy(taskHolder(id), {
    who: `the task "${taskTitle(task)}" (${id})`,
    does: status === 'running' ? 'is working on this story' : 'is about to work on this story',
    wayOut: `\`story-tree tasks watch ${id}\` shows it, \`story-tree tasks cancel ${id}\` stops it.`,
  });
}
