import { randomUUID } from 'node:crypto';
import {
  type AudioLine,
  type CharacterDesign,
  keyFramePath,
  type Scenelet,
  type Shot,
  type Story,
  type StoryboardEntry,
  type StoryState,
  speechPath,
} from '@story-tree/domain';

interface ShotSketch {
  /** Whether the row names a key frame and speech; both unless told otherwise. */
  image?: boolean;
  audio?: boolean;
  lines?: AudioLine[];
  storyboard?: Partial<StoryboardEntry>;
}

/** A scenelet in few words. Siblings keep the order in which they are given. */
export interface SceneletSketch {
  label: string;
  parent?: string;
  /** Makes it a branch point. */
  choicePrompt?: string;
  choiceLabel?: string;
  ending?: boolean;
  description?: string;
  /** One complete shot unless told otherwise. */
  shots?: ShotSketch[];
}

export interface StorySketch extends Partial<Story> {
  /** Names of characters by their ids. */
  characters?: Record<string, string>;
  /** Labels of the scenelets of each music cue, by its name. */
  music?: Record<string, string[]>;
}

/** Everything stored of a story that has all documents, from a sketch of its scenelets. Parents come before children. */
export function storyState(scenelets: readonly SceneletSketch[], sketch: StorySketch = {}): StoryState {
  const story = storyOf(sketch);
  const ids = new Map(scenelets.map(({ label }) => [label, randomUUID()]));
  const siblings = new Map<string | undefined, number>();
  const nodes = scenelets.map((node) => {
    const ordinal = siblings.get(node.parent) ?? 0;
    siblings.set(node.parent, ordinal + 1);
    return sceneletOf(node, story.id, ids, ordinal);
  });
  const shots = scenelets.flatMap((node, index) =>
    (node.shots ?? [{}]).map((shot, at) => shotOf(shot, nodes[index] as Scenelet, index + 1, at + 1)),
  );
  return { story, scenelets: nodes, shots, referenceImages: [] };
}

/** A story without choices: as many scenelets as asked for, the last one its ending. */
export function chain(length: number): SceneletSketch[] {
  return Array.from({ length }, (_, index) => ({
    label: `scenelet-${index + 1}`,
    ...(index === 0 ? {} : { parent: `scenelet-${index}` }),
    ending: index === length - 1,
  }));
}

function storyOf({ characters = {}, music = {}, ...given }: StorySketch): Story {
  return {
    id: randomUUID(),
    displayName: 'The Lantern Keeper',
    namedByPerson: false,
    initialPrompt: 'A keeper and her lantern',
    creationOptions: {},
    mode: 'stub',
    storyConstitution: '# The Lantern Keeper',
    targetSceneletsPerPath: 5,
    visualDesignDocument: {
      global_aesthetic: { visual_style: { name: 'Woodcut', description: 'Bold lines' }, master_color_palette: [] },
      character_designs: Object.entries(characters).map(([id, name]) => characterDesign(id, name)),
      environment_designs: [],
    },
    visualReferencePackage: { character_model_sheets: [], environment_keyframes: [] },
    audioDesignDocument: {
      sonic_identity: { musical_direction: 'Sparse', sound_effect_philosophy: 'Quiet' },
      narrator_voice_profile: { character_id: 'narrator', voice_name: 'Kore', voice_profile: 'Calm' },
      character_voice_profiles: [],
      music_and_ambience_cues: Object.entries(music).map(([cue_name, associated_scenelet_ids]) => ({
        cue_name,
        cue_description: '',
        music_generation_prompt: '',
        associated_scenelet_ids,
      })),
    },
    createdAt: new Date('2026-11-01T08:00:00Z'),
    deletedAt: null,
    ...given,
  };
}

function characterDesign(character_id: string, character_name: string): CharacterDesign {
  const detailed_description = { facial_features: '', physique: '', attire: '' };
  return { character_id, character_name, role: '', detailed_description, associated_scenelet_ids: [] };
}

function sceneletOf(
  node: SceneletSketch,
  storyId: string,
  ids: ReadonlyMap<string, string>,
  ordinal: number,
): Scenelet {
  return {
    id: ids.get(node.label) as string,
    storyId,
    label: node.label,
    parentId: node.parent === undefined ? null : (ids.get(node.parent) ?? null),
    ordinal,
    choiceLabelFromParent: node.choiceLabel ?? null,
    choicePrompt: node.choicePrompt ?? null,
    content: { description: node.description ?? `What happens at ${node.label}`, dialogue: [], shot_suggestions: [] },
    isBranchPoint: node.choicePrompt !== undefined,
    isTerminalNode: node.ending ?? false,
  };
}

function shotOf(sketch: ShotSketch, scenelet: Scenelet, sceneletSequence: number, shotIndex: number): Shot {
  const {
    image = true,
    audio = true,
    lines = [{ type: 'monologue', source: 'narrator', line: 'So it began.' }],
  } = sketch;
  return {
    id: randomUUID(),
    storyId: scenelet.storyId,
    sceneletId: scenelet.id,
    sceneletSequence,
    shotIndex,
    storyboard: {
      framing_and_angle: 'Wide',
      composition_and_content: `Shot ${shotIndex} of ${scenelet.label}`,
      character_action_and_emotion: '',
      camera_dynamics: '',
      lighting_and_atmosphere: '',
      continuity_notes: '',
      referenced_designs: { characters: [], environments: [] },
      audio_and_narrative: lines,
      ...sketch.storyboard,
    },
    keyFrameImagePath: image ? keyFramePath(scenelet.storyId, scenelet.label, shotIndex) : null,
    audioFilePath: audio ? speechPath(scenelet.storyId, scenelet.label, shotIndex) : null,
  };
}
