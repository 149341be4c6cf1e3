import type { StoryboardEntry, VisualDesign } from '@story-tree/domain';

/** What a key frame is drawn from: the look of everything, the designs in the shot, and the storyboard without its words. */
export interface KeyFramePrompt extends Omit<StoryboardEntry, 'audio_and_narrative'> {
  global_aesthetic: VisualDesign['global_aesthetic'];
  character_designs: VisualDesign['character_designs'];
  environment_designs: VisualDesign['environment_designs'];
}

export function assembleKeyFramePrompt(storyboard: StoryboardEntry, design: VisualDesign): KeyFramePrompt {
  const { audio_and_narrative: _spoken, ...picture } = storyboard;
  const { characters, environments } = storyboard.referenced_designs;
  return {
    global_aesthetic: design.global_aesthetic,
    character_designs: design.character_designs.filter(({ character_id }) => characters.includes(character_id)),
    environment_designs: design.environment_designs.filter(({ environment_id }) =>
      environments.includes(environment_id),
    ),
    ...picture,
  };
}
