import type { TextRequest } from '@story-tree/agent-backend';
import { StoryTreeError } from '@story-tree/domain';
import type { SyntheticSize } from '../settings.ts';
import type { SyntheticPlan } from '../synthetic/plan.ts';
import { syntheticScriptReply } from '../synthetic/script.ts';
import { audioDesignReply } from './audioDesign.ts';
import { constitutionReply } from './constitution.ts';
import { constitutionChatReply } from './constitutionChat.ts';
import { sampleScriptReply } from './sampleScript.ts';
import { shotProductionReply } from './shotProduction.ts';
import { visualDesignReply } from './visualDesign.ts';
import { visualReferenceReply } from './visualReference.ts';

/** The synthetic story to tell instead of the sample. */
export interface SyntheticStory {
  size: SyntheticSize;
  plan: SyntheticPlan;
}

/**
 * The document that answers a request: of the sample story, or of the synthetic one.
 *
 * @throws StoryTreeError `internal` for a task without a document
 */
export function replyTo(request: TextRequest, story: SyntheticStory | null): unknown {
  switch (request.task) {
    case 'CREATE_CONSTITUTION':
      return constitutionReply(request);
    case 'CONSTITUTION_CHAT_UPDATE':
      return constitutionChatReply(request);
    case 'CREATE_INTERACTIVE_SCRIPT':
      return story === null ? sampleScriptReply(request) : syntheticScriptReply(request, story.size, story.plan);
    case 'CREATE_VISUAL_DESIGN':
      return visualDesignReply(request);
    case 'CREATE_VISUAL_REFERENCE':
      return visualReferenceReply(request);
    case 'CREATE_AUDIO_DESIGN':
      return audioDesignReply(request);
    case 'CREATE_SHOT_PRODUCTION':
      return shotProductionReply(request, story?.size.shotsPerScenelet ?? null);
    default:
      throw new StoryTreeError('internal', `The stub has no document for ${request.task}.`);
  }
}
