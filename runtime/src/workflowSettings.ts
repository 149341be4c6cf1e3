import { DEFAULT_MAX_REFERENCE_IMAGES, type WorkflowSettings } from '@story-tree/agent-backend';
import type { StoryMode } from '@story-tree/domain';
import { type Environment, places } from './environment.ts';
import { scriptLimits } from './models.ts';

/** What the environment tells tasks. */
export function workflowSettings(mode: StoryMode, environment: Environment): WorkflowSettings {
  const { output, playerTemplate } = places(environment);
  return {
    script: scriptLimits(mode, environment),
    maxReferenceImages: environment.GEMINI_MAX_REFERENCE_IMAGES ?? DEFAULT_MAX_REFERENCE_IMAGES,
    outputRoot: output,
    playerTemplate,
  };
}
