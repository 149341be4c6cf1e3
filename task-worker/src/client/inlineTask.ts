import { setTimeout as sleep } from 'node:timers/promises';
import {
  type InlineChange,
  type NewStoryTask,
  type OperationRequest,
  type StoryLease,
  type StoryLeases,
  type StoryMode,
  type StoryTasksRepository,
  StoryTreeError,
  type Submitted,
} from '@story-tree/domain';
import { storyOf } from './newStoryTask.ts';
import { storyBusy } from './storyBusy.ts';

/** How the lease of a quick operation is signed. It is over in an instant, so others of its kind wait for it. */
const HOLDER = 'web app';
const LOOK_AGAIN_MS = 50;
const LOOKS = 40;

export interface InlineTask {
  task: NewStoryTask;
  request: OperationRequest;
  /** What a new story is made with. */
  mode: StoryMode;
}

/**
 * Does an operation that is over at once, and stores its task with it.
 * @throws StoryTreeError as `completeInline` does, and `story_busy` with `details.taskId` or `details.holder`
 */
export async function completeInlineTask(
  { tasks, leases }: { tasks: Pick<StoryTasksRepository, 'completeInline'>; leases: StoryLeases },
  { task, request, mode }: InlineTask,
): Promise<Submitted> {
  const complete = (change: InlineChange) => tasks.completeInline(task, change);
  switch (request.operation) {
    case 'CREATE_STORY':
      return complete({ kind: 'create-story', story: storyOf(request.payload, mode) });
    case 'RENAME_STORY':
      return complete({ kind: 'rename-story', displayName: request.payload.displayName });
    case 'RESTORE_CONSTITUTION': {
      const lease = await acquire(leases, task.storyId ?? '');
      try {
        const { version } = request.payload;
        return await complete({ kind: 'restore-constitution', version, fence: lease.fence });
      } finally {
        await lease.release();
      }
    }
    default:
      throw new StoryTreeError('internal', `${request.operation} is not done at once: it needs a worker.`);
  }
}

async function acquire(leases: StoryLeases, storyId: string): Promise<StoryLease> {
  for (let look = 1; ; look += 1) {
    try {
      return await leases.acquire(storyId, HOLDER);
    } catch (thrown) {
      const holder = thrown instanceof StoryTreeError ? thrown.details.holder : undefined;
      if (holder === undefined) throw thrown;
      if (holder !== HOLDER || look === LOOKS) throw storyBusy(holder, thrown);
    }
    await sleep(LOOK_AGAIN_MS);
  }
}
