import type { WorkflowDependencies } from '@story-tree/agent-backend';
import {
  type ChatDraft,
  ESTIMATED,
  type Estimate,
  estimateInWords,
  type NewStoryTaskEvent,
  type OperationPayload,
  type Story,
  type StoryTask,
  type StoryTaskEvent,
  type StoryTaskOperation,
} from '@story-tree/domain';
import type { RunScope } from '@story-tree/runtime';

/** A run that is to be estimated. */
export interface PlannedRun {
  scope: RunScope;
  overlap?: boolean | undefined;
}

/** What an operation may use while it runs. Everything that it writes is bound to the lease on its story. */
export interface OperationContext {
  task: StoryTask;
  story: Story;
  /** The task was begun before, by a worker that died or gave it back: what it made then is kept, not refused. */
  resumed: boolean;
  /** What workflows stand on; its `onProgress` already becomes events of the task, its signal aborts on cancelling. */
  workflow: WorkflowDependencies;
  /** @throws StoryTreeError `file_error` when what a run makes could not be stored */
  requireFolders(scope: RunScope): Promise<void>;
  /** What a run is going to take as things are. @throws StoryTreeError `not_found` for a target that does not exist */
  estimate(run: PlannedRun): Promise<Estimate>;
  /** All turns about this story's constitution so far, oldest first, those of this task included. */
  chatHistory(): Promise<StoryTaskEvent[]>;
  /** Appends to the task's log; resolved once stored, after everything that was reported before. */
  record(...events: NewStoryTaskEvent[]): Promise<void>;
  /** Shows what a model has said so far; null takes it away. Never fails. */
  draft(draft: Pick<ChatDraft, 'turn' | 'text'> | null): void;
}

/** What the event of success says. */
export interface OperationResult {
  message: string;
  payload?: Readonly<Record<string, unknown>>;
}

/**
 * Does one operation. It may be run again after a crash, and then goes on from what is stored.
 * @throws StoryTreeError what went wrong, in a sentence for people
 */
export type OperationHandler<Operation extends StoryTaskOperation> = (
  payload: OperationPayload<Operation>,
  context: OperationContext,
) => Promise<OperationResult>;

/**
 * Before anything is paid for: makes sure that there is a place for what the run makes, and writes an estimate of it into the
 * task's log, once: for a task that is resumed it would be of the rest alone. A task that cannot be estimated runs all the
 * same.
 * @throws StoryTreeError `file_error`
 */
export async function prepareRun(context: OperationContext, run: PlannedRun): Promise<void> {
  await context.requireFolders(run.scope);
  if (context.resumed) return;
  const estimate = await tryEstimate(context, run);
  if (estimate === null || estimate.calls === 0) return;
  await context.record({
    eventType: 'info',
    step: ESTIMATED,
    message: `Estimated: ${estimateInWords(estimate)}.`,
    payload: { ...estimate },
  });
}

async function tryEstimate({ estimate, workflow }: OperationContext, run: PlannedRun): Promise<Estimate | null> {
  try {
    return await estimate(run);
  } catch (error) {
    workflow.log('debug', 'The task could not be estimated.', { error });
    return null;
  }
}
