import { WORKFLOW_TASKS } from '@story-tree/agent-backend';
import type { CallSummary, ModelCallJournal } from '@story-tree/domain';
import type { ModelCallReader } from '@story-tree/supabase';
import type { CostReading } from '../appServices.ts';
import { wire } from '../wire.ts';
import type { StoryFinder } from './storyFinder.ts';

/** How many calls an answer lists. */
const CALLS = 500;

export interface CostReadingParts {
  journal: Pick<ModelCallJournal, 'summarize'>;
  calls: ModelCallReader;
  finder: StoryFinder;
}

export function createCostReading({ journal, calls, finder }: CostReadingParts): CostReading {
  return async (storyId) => {
    await finder.require(storyId);
    const [summaries, newest] = await Promise.all([journal.summarize({ storyId }), calls.modelCalls(storyId, CALLS)]);
    return {
      totalUsd: summaries.reduce((sum, { costUsd }) => sum + costUsd, 0),
      tasks: summaries.toSorted((one, other) => placeOf(one) - placeOf(other)).map(titled),
      calls: wire(newest),
    };
  };
}

/** In the table's order; callers that are no workflow tasks come after them. */
function placeOf({ workflowTask }: CallSummary): number {
  const index = WORKFLOW_TASKS.findIndex(({ task }) => task === workflowTask);
  return index === -1 ? WORKFLOW_TASKS.length : index;
}

function titled({ workflowTask, calls, costUsd }: CallSummary) {
  const title = WORKFLOW_TASKS.find(({ task }) => task === workflowTask)?.title ?? inWords(workflowTask);
  return { workflowTask, title, calls, costUsd };
}

/** `CONSTITUTION_CHAT` as "Constitution chat". */
function inWords(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
