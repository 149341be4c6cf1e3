import type { TextRequest } from '@story-tree/agent-backend';
import type { CharacterDesign, EnvironmentDesign, VisualReference } from '@story-tree/domain';
import { firstTurn, readVisualDesign } from '../request/sections.ts';

function modelSheet(design: CharacterDesign, style: string): VisualReference['character_model_sheets'][number] {
  const { facial_features, physique, attire } = design.detailed_description;
  const look = `${physique}; ${facial_features}; ${attire}`;
  return {
    character_id: design.character_id,
    reference_plates: [
      {
        type: 'CHARACTER_MODEL_SHEET',
        plate_description: `${design.character_name} from the front, from the side and from behind, neutral pose.`,
        image_generation_prompt: `${style}. Character model sheet, three full-body views on plain paper: ${look}.`,
      },
      {
        type: 'EXPRESSIONS',
        plate_description: `${design.character_name} glad, worried, surprised and cross.`,
        image_generation_prompt: `${style}. Four head studies of one character with different expressions: ${look}.`,
      },
    ],
  };
}

function keyframes(design: EnvironmentDesign, style: string): VisualReference['environment_keyframes'][number] {
  const { overall_description, lighting_and_atmosphere, color_tones } = design.detailed_description;
  return {
    environment_id: design.environment_id,
    keyframes: [
      {
        keyframe_description: `${design.environment_name}, empty, seen whole.`,
        image_generation_prompt: `${style}. Wide view without people: ${overall_description} ${lighting_and_atmosphere}. ${color_tones}.`,
      },
    ],
  };
}

/** Image prompts for every design in the request, each once and in order. */
export function visualReferenceReply(request: TextRequest): VisualReference {
  const design = readVisualDesign(firstTurn(request));
  const style = design.global_aesthetic.visual_style.name;
  return {
    character_model_sheets: design.character_designs.map((character) => modelSheet(character, style)),
    environment_keyframes: design.environment_designs.map((place) => keyframes(place, style)),
  };
}
