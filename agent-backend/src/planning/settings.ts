/** Hard caps on a script, so that a model that never concludes cannot run away. */
export interface ScriptLimits {
  /** Scenelets from the root to an ending; one at this depth becomes an ending whatever the model says. */
  maxDepth: number;
  /** Choices at one branch point. */
  maxChoices: number;
  /** Scenelets of the whole story; paths still open then end where they are. */
  maxScenelets: number;
}

/**
 * Generous for a story that people play to its end (ten to twenty scenelets a path), small enough that a runaway costs
 * cents, not hundreds.
 */
export const DEFAULT_SCRIPT_LIMITS: ScriptLimits = { maxDepth: 60, maxChoices: 6, maxScenelets: 1_000 };

/** What the default image model takes at most. */
export const DEFAULT_MAX_REFERENCE_IMAGES = 14;

/** What tasks are told instead of reading the environment. */
export interface WorkflowSettings {
  script: ScriptLimits;
  /** How many reference images go with a key frame; what the image model takes. */
  maxReferenceImages: number;
  /** Folder below which each story's bundle has its folder. */
  outputRoot: string;
  playerTemplate: string;
}
