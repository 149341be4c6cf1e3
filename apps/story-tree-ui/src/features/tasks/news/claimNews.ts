import { createIdMemory } from '../idMemory.ts';

const NAME = 'story-tree-told-tasks';
const memory = createIdMemory(NAME);

/** Takes it on to tell the end of a task. @returns false when another tab, or this one, has told it already */
export function claimNews(taskId: string): Promise<boolean> {
  const claim = () => {
    if (memory.all().has(taskId)) return false;
    memory.add(taskId);
    return true;
  };
  // Without locks, as on pages over plain HTTP, two tabs might in rare cases tell the same.
  return navigator.locks ? navigator.locks.request(NAME, claim) : Promise.resolve(claim());
}
