import type { SceneletContent } from '@story-tree/domain';

/** A scenelet in the script's reply. */
export interface NextScenelet extends SceneletContent {
  choice_label: string | null;
}

/** The script's reply: one scenelet, concluding or not, or several to choose from. */
export interface ScriptReply {
  branch_point: boolean;
  is_concluding_scene: boolean;
  choice_prompt: string | null;
  next_scenelets: NextScenelet[];
}
