import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, type StoryTask, StoryTreeError } from '@story-tree/domain';
import type { OperationContext, OperationResult } from '../../../task-worker/src/operations/operation.ts';

/** What a test has a task do. It travels in the guidance of `REGENERATE_CONSTITUTION`, also to other processes. */
export interface OperationScript {
  /** Times that it writes to the story and to its log. */
  steps?: number;
  everyMs?: number;
  /** What it fails with at its end. */
  failure?: { code: ErrorCode; message: string } | 'foreign';
  /** Goes on as if nobody had asked it to stop. */
  isDeaf?: boolean;
}

/** The request for a task that does as the script says. */
export function scripted(storyId: string, script: OperationScript = {}) {
  return {
    operation: 'REGENERATE_CONSTITUTION',
    storyId,
    payload: { guidance: JSON.stringify(script) },
    requestedBy: '00000000-0000-0000-0000-000000000000',
  };
}

/** Runs such a task in the place of the product's operations. */
export async function runScripted(task: StoryTask, context: OperationContext): Promise<OperationResult> {
  const {
    steps = 1,
    everyMs = 0,
    failure,
    isDeaf = false,
  }: OperationScript = JSON.parse(String(task.payload.guidance));
  const { signal, repositories } = context.workflow;
  for (let step = 1; step <= steps; step += 1) {
    await sleep(everyMs, undefined, isDeaf ? {} : { signal });
    await repositories.stories.reviseConstitution(context.story.id, `Step ${step}`, 'generated');
    const progress = Math.floor((step / steps) * 99);
    await context.record({ eventType: 'progress', step: 'step', message: `Step ${step}`, progress });
  }
  if (failure === 'foreign') throw new Error('the password is hunter2');
  if (failure !== undefined) throw new StoryTreeError(failure.code, failure.message);
  return { message: 'Did as it was told.', payload: { steps } };
}
