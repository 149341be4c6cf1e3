/** Hard caps on a script, so that a model that never concludes cannot run away. */
export interface ScriptLimits {
  /** Scenelets from the root to an ending; one at this depth becomes an ending whatever the model says. */
  maxDepth: number;
  /** Choices at one branch point. */
  maxChoices: number;
  /** Scenelets of the whole story; paths still open at that point end where they are. */
  maxScenelets: number;
}

/**
 * Generous for a story that people play to its end (ten to twenty scenelets a path), small enough that a runaway costs
 * cents, not hundreds.
 */
export const DEFAULT_SCRIPT_LIMITS: ScriptLimits = { maxDepth: 60, maxChoices: 6, maxScenelets: 1_000 };

/** The most that the default image model accepts. */
export const DEFAULT_MAX_REFERENCE_IMAGES = 14;

/** Passed to tasks, which never read the environment. */
export interface WorkflowSettings {
  script: ScriptLimits;
  /** The most reference images sent with a key frame, limited by what the image model accepts. */
  maxReferenceImages: number;
  /** Folder in which each story's bundle gets a folder of its own. */
  outputRoot: string;
  playerTemplate: string;
}
