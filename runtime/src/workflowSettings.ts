import {
  DEFAULT_MAX_REFERENCE_IMAGES,
  DEFAULT_SCRIPT_LIMITS,
  PLAYER_TEMPLATE,
  type ScriptLimits,
  type WorkflowSettings,
} from '@story-tree/agent-backend';
import type { StoryMode } from '@story-tree/domain';
import { type Environment, places } from './environment.ts';

/** The settings that tasks get from the environment. */
export function workflowSettings(mode: StoryMode, environment: Environment): WorkflowSettings {
  return {
    script: scriptLimits(mode, environment),
    maxReferenceImages: environment.GEMINI_MAX_REFERENCE_IMAGES ?? DEFAULT_MAX_REFERENCE_IMAGES,
    outputRoot: places(environment).output,
    playerTemplate: PLAYER_TEMPLATE,
  };
}

/** The limits of a script. They always leave room for a synthetic stub story of the requested size. */
function scriptLimits(mode: StoryMode, environment: Environment): ScriptLimits {
  const { SCRIPT_MAX_DEPTH, SCRIPT_MAX_CHOICES, SCRIPT_MAX_SCENELETS, STUB_SCENELETS, STUB_BRANCHING } = environment;
  const synthetic = mode === 'stub' ? (STUB_SCENELETS ?? 0) : 0;
  return {
    maxDepth: SCRIPT_MAX_DEPTH ?? Math.max(DEFAULT_SCRIPT_LIMITS.maxDepth, synthetic),
    maxChoices: SCRIPT_MAX_CHOICES ?? Math.max(DEFAULT_SCRIPT_LIMITS.maxChoices, STUB_BRANCHING ?? 0),
    maxScenelets: SCRIPT_MAX_SCENELETS ?? Math.max(DEFAULT_SCRIPT_LIMITS.maxScenelets, synthetic),
  };
}
