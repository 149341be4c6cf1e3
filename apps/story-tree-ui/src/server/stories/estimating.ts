import { checkWorkflowTaskPayload, requirePrerequisites, slotCounts, taskDefinition } from '@story-tree/agent-backend';
import type { StoryMode } from '@story-tree/domain';
import type { Estimator } from '@story-tree/runtime';
import type { Estimating } from '../../services/index.ts';
import type { StoryFinder } from './storyFinder.ts';

export interface EstimatingParts {
  estimator: Estimator;
  finder: StoryFinder;
  /** What new stories are made with. */
  mode: StoryMode;
}

/** Estimates what workers will take, assuming the default number of slots. */
export function createEstimating({ estimator, finder, mode }: EstimatingParts): Estimating {
  const slots = slotCounts();
  return {
    ofNewStory({ targetScenelets: target, until }) {
      const last = until === undefined ? undefined : checkWorkflowTaskPayload({ task: until }).task;
      const isAll = last === undefined || last === 'ALL';
      const scope = { until: isAll ? undefined : last };
      return estimator.estimate({ mode, scope, state: null, target, slots, overlap: isAll });
    },

    async ofStory(storyId, { task: name, override }) {
      const { task, options } = checkWorkflowTaskPayload({ task: name, ...(override && { options: { override } }) });
      return await finder.withState(storyId, async (state) => {
        const { mode } = state.story;
        if (task === 'ALL') return await estimator.estimate({ mode, scope: { until: undefined }, state, slots });
        requirePrerequisites(taskDefinition(task), state, options);
        return await estimator.estimate({ mode, scope: { task, options }, state, slots });
      });
    },
  };
}
