import type { ModelScript } from '@story-tree/agent-backend/testing';
import { type StoryState, type StoryTask, type StoryTaskEvent, StoryTreeError } from '@story-tree/domain';
import { createMemoryStory } from '@story-tree/testkit/stories/memoryStory.ts';
import { type WorkflowRig, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { runOperation } from './index.ts';
import type { OperationContext, OperationResult } from './operation.ts';

export type Draft = Parameters<OperationContext['draft']>[0];

/** What a worker would lend to one task, with all that can be seen of it from outside. */
export interface OperationRig extends WorkflowRig {
  context: OperationContext;
  /** Of all tasks of the story, oldest first. */
  log: StoryTaskEvent[];
  drafts: Draft[];
  run(): Promise<OperationResult>;
}

export interface RigOptions {
  script?: ModelScript;
  task?: Partial<StoryTask>;
  context?: Partial<OperationContext>;
  /** An earlier rig, whose story, journal and log are continued. */
  after?: OperationRig;
}

/** A task of one operation over a story in memory. */
export function operationRig(
  state: StoryState,
  request: Pick<StoryTask, 'operation' | 'payload'>,
  { script = {}, task: given = {}, context: over = {}, after }: RigOptions = {},
): OperationRig {
  const rig = workflowRig(state, script, after ?? createMemoryStory(state));
  const task = taskOf(state, request, given);
  const log = after?.log ?? [];
  const drafts: Draft[] = [];
  const context: OperationContext = {
    task,
    story: state.story,
    resumed: false,
    workflow: { ...rig.dependencies, runId: task.id },
    requireFolders: async () => undefined,
    estimate: () => Promise.reject(new StoryTreeError('not_found', 'Nobody knows.')),
    chatHistory: async () => log.filter(({ eventType }) => eventType === 'chat_message'),
    async record(...events) {
      for (const { eventType, step, message, payload = null } of events) {
        const place = { id: `${log.length + 1}`, taskId: task.id, storyId: task.storyId, createdAt: new Date() };
        log.push({ ...place, eventType, step, message, payload });
      }
    },
    draft: (draft) => drafts.push(draft),
    ...over,
  };
  return { ...rig, context, log, drafts, run: () => runOperation(task, context) };
}

function taskOf(
  { story }: StoryState,
  request: Pick<StoryTask, 'operation' | 'payload'>,
  given: Partial<StoryTask>,
): StoryTask {
  return {
    id: 'task-1',
    storyId: story.id,
    ...request,
    status: 'running',
    progress: 0,
    displayFields: { title: 'A task' },
    requestedBy: '00000000-0000-0000-0000-000000000000',
    error: null,
    cancelRequestedAt: null,
    stalledAt: null,
    createdAt: new Date(Date.now() - 1_000),
    startedAt: new Date(Date.now() - 1_000),
    finishedAt: null,
    ...given,
  };
}

/** What a process that is killed leaves behind its last write: nothing more. */
export function killed(): StoryTreeError {
  return new StoryTreeError('interrupted', 'The process is gone.');
}
