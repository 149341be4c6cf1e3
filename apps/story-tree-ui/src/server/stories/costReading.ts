import { WORKFLOW_TASKS } from '@story-tree/agent-backend';
import { type CallHistory, type CallSummary, type ModelCallJournal, nameInWords } from '@story-tree/domain';
import type { ModelCallReader } from '@story-tree/supabase';
import type { CostReading } from '../../services/index.ts';
import { toWire } from '../toWire.ts';
import type { StoryFinder } from './storyFinder.ts';

/** How many calls an answer lists. */
const CALLS = 500;

const RUNS = 20;

export interface CostReadingParts {
  journal: Pick<ModelCallJournal, 'summarize'>;
  calls: ModelCallReader;
  history: Pick<CallHistory, 'runs'>;
  finder: StoryFinder;
}

export function createCostReading({ journal, calls, history, finder }: CostReadingParts): CostReading {
  return async (storyId) => {
    await finder.require(storyId);
    const [summaries, newest, runs] = await Promise.all([
      journal.summarize({ storyId }),
      calls.modelCalls(storyId, CALLS),
      history.runs(storyId, RUNS),
    ]);
    return {
      totalUsd: summaries.reduce((sum, { costUsd }) => sum + costUsd, 0),
      tasks: summaries.toSorted((one, other) => placeOf(one) - placeOf(other)).map(titled),
      runs: toWire(runs),
      calls: toWire(newest),
    };
  };
}

/** In the table's order; callers that are not workflow tasks come after them. */
function placeOf({ workflowTask }: CallSummary): number {
  const index = WORKFLOW_TASKS.findIndex(({ task }) => task === workflowTask);
  return index === -1 ? WORKFLOW_TASKS.length : index;
}

function titled({ workflowTask, calls, costUsd }: CallSummary) {
  const title = WORKFLOW_TASKS.find(({ task }) => task === workflowTask)?.title ?? nameInWords(workflowTask);
  return { workflowTask, title, calls, costUsd };
}
