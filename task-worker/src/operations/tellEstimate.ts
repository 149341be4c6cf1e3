import { ESTIMATED, type Estimate, estimateInWords } from '@story-tree/domain';
import type { RunScope } from '@story-tree/runtime';
import type { OperationContext } from './operation.ts';

/** What is asked to be foreseen. */
export interface ForeseenRun {
  scope: RunScope;
  overlap?: boolean | undefined;
}

/**
 * Writes into the task's log what it is going to take, once: the estimate of a task that is gone on with would be of the
 * rest alone. A task that cannot be foreseen runs all the same.
 */
export async function tellEstimate(context: OperationContext, run: ForeseenRun): Promise<void> {
  if (context.resumed) return;
  const estimate = await foreseen(context, run);
  if (estimate === null || estimate.calls === 0) return;
  await context.record({
    eventType: 'info',
    step: ESTIMATED,
    message: `Estimated: ${estimateInWords(estimate)}.`,
    payload: { ...estimate },
  });
}

async function foreseen({ estimate, workflow }: OperationContext, run: ForeseenRun): Promise<Estimate | null> {
  try {
    return await estimate(run);
  } catch (error) {
    workflow.log('debug', 'The task could not be foreseen.', { error });
    return null;
  }
}
