import type { CharacterDesign, EnvironmentDesign, ReferenceImageKind } from '@story-tree/domain';
import type { StoryDetail, Wire } from '../../wire/index.ts';

/** A character or an environment as its card shows it. */
export interface DesignView {
  id: string;
  name: string;
  /** What it is in the story; empty for environments. */
  role: string;
  /** The name of its picture, for buttons, as in "sheet". */
  thing: string;
  /** The options that choose it alone. */
  target: Readonly<Record<string, string>>;
  imagePath: string | null;
  /** Named descriptions; empty ones are left out. */
  facts: readonly { name: string; text: string }[];
  /** The prompts that the visual reference provides for its picture. */
  prompts: readonly { title: string; text: string }[];
  sceneletLabels: readonly string[];
}

export function characterView(character: Wire<CharacterDesign>, detail: StoryDetail): DesignView {
  const { character_id: id, detailed_description: description } = character;
  const sheet = detail.story.visualReferencePackage?.character_model_sheets.find((each) => each.character_id === id);
  return {
    id,
    name: character.character_name,
    role: character.role,
    thing: 'sheet',
    target: { targetCharacterId: id },
    imagePath: imageOf(detail, 'character', id),
    facts: filled([
      { name: 'Face', text: description.facial_features },
      { name: 'Physique', text: description.physique },
      { name: 'Attire', text: description.attire },
    ]),
    prompts: (sheet?.reference_plates ?? []).map((plate) => ({
      title: [plate.type, plate.plate_description].filter(Boolean).join(': '),
      text: plate.image_generation_prompt,
    })),
    sceneletLabels: character.associated_scenelet_ids,
  };
}

export function environmentView(environment: Wire<EnvironmentDesign>, detail: StoryDetail): DesignView {
  const { environment_id: id, detailed_description: description } = environment;
  const { key_elements: elements } = description;
  const views = detail.story.visualReferencePackage?.environment_keyframes.find((each) => each.environment_id === id);
  return {
    id,
    name: environment.environment_name,
    role: '',
    thing: 'picture',
    target: { targetEnvironmentId: id },
    imagePath: imageOf(detail, 'environment', id),
    facts: filled([
      { name: 'Overall', text: description.overall_description },
      { name: 'Key elements', text: typeof elements === 'string' ? elements : elements.join(', ') },
      { name: 'Light and atmosphere', text: description.lighting_and_atmosphere },
      { name: 'Colours', text: description.color_tones },
    ]),
    prompts: (views?.keyframes ?? []).map((keyframe) => ({
      title: keyframe.keyframe_description,
      text: keyframe.image_generation_prompt,
    })),
    sceneletLabels: environment.associated_scenelet_ids,
  };
}

function imageOf({ referenceImages }: StoryDetail, kind: ReferenceImageKind, designId: string): string | null {
  return referenceImages.find((image) => image.kind === kind && image.designId === designId)?.imagePath ?? null;
}

function filled<Fact extends { text: string }>(facts: readonly Fact[]): Fact[] {
  return facts.filter(({ text }) => text.trim() !== '');
}
