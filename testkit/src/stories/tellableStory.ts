import {
  type AudioDesign,
  type AudioLine,
  characterSheetPath,
  environmentImagePath,
  type StoryState,
  type VisualDesign,
} from '@story-tree/domain';
import { type SceneletSketch, type StorySketch, storyState } from './storyState.ts';

export const narrated = (line: string): AudioLine => ({ type: 'monologue', source: 'narrator', line });
export const spoken = (source: string, line: string): AudioLine => ({ type: 'dialogue', source, line });

/** A visual design of these characters and environments, given as ids and names. */
export function visualDesignOf(
  characters: Readonly<Record<string, string>>,
  environments: Readonly<Record<string, string>>,
): VisualDesign {
  return {
    global_aesthetic: {
      visual_style: { name: 'Woodcut', description: 'Bold lines, few colours' },
      master_color_palette: [{ color_name: 'Ink', hex_code: '#10131a', usage_notes: 'Lines' }],
    },
    character_designs: Object.entries(characters).map(([character_id, character_name]) => ({
      character_id,
      character_name,
      role: 'lead',
      detailed_description: { facial_features: 'sharp', physique: 'slight', attire: 'oilskin' },
      associated_scenelet_ids: [],
    })),
    environment_designs: Object.entries(environments).map(([environment_id, environment_name]) => ({
      environment_id,
      environment_name,
      detailed_description: {
        overall_description: 'stone and rope',
        key_elements: ['bollards'],
        lighting_and_atmosphere: 'dusk',
        color_tones: 'blue',
      },
      associated_scenelet_ids: [],
    })),
  };
}

/** An audio design in which each of these characters, given as ids and names, has a voice. */
export function audioDesignOf(characters: Readonly<Record<string, string>>): AudioDesign {
  const voices = ['Puck', 'Leda', 'Orus', 'Aoede'] as const;
  return {
    sonic_identity: { musical_direction: 'Sparse', sound_effect_philosophy: 'Quiet' },
    narrator_voice_profile: { character_id: 'narrator', voice_name: 'Kore', voice_profile: 'Calm and near' },
    character_voice_profiles: Object.entries(characters).map(([character_id, character_name], index) => ({
      character_id,
      character_name,
      voice_name: voices[index % voices.length] ?? 'Puck',
      voice_profile: `Speaks as ${character_name} would`,
    })),
    music_and_ambience_cues: [],
  };
}

export const CAST = { bo: 'Bo', tam: 'Tam', zoe: 'Zoé' };
export const PLACES = { moor: 'The Moor', quay: 'Harrow Quay' };

const referenced_designs = { characters: ['tam'], environments: ['quay'] };

/** One choice, two endings, four shots: one speaker, two speakers, silence, one speaker. */
export const SCENELETS: readonly SceneletSketch[] = [
  {
    label: 'scenelet-1',
    choicePrompt: 'Where to?',
    shots: [
      { lines: [narrated('The tide went out.')], storyboard: { referenced_designs } },
      { lines: [spoken('tam', 'Listen.'), spoken('zoe', '(whispers) I hear it.')], storyboard: { referenced_designs } },
    ],
  },
  { label: 'scenelet-2a', parent: 'scenelet-1', choiceLabel: 'Stay', ending: true, shots: [{ lines: [] }] },
  {
    label: 'scenelet-2b',
    parent: 'scenelet-1',
    choiceLabel: 'Go',
    ending: true,
    shots: [{ lines: [narrated('They went.')] }],
  },
];

/** A story with all its documents and shots; key frames, speech and reference images only where `media` says so. */
export function tellableStory({ media = false, ...sketch }: StorySketch & { media?: boolean } = {}): StoryState {
  const scenelets = SCENELETS.map((scenelet) => ({
    ...scenelet,
    shots: scenelet.shots?.map((shot) => ({ ...shot, image: media, audio: media && shot.lines?.length !== 0 })) ?? [],
  }));
  const state = storyState(scenelets, {
    visualDesignDocument: visualDesignOf(CAST, PLACES),
    visualReferencePackage: null,
    audioDesignDocument: audioDesignOf(CAST),
    ...sketch,
  });
  return media ? withReferenceImages(state) : state;
}

/** The same story with a sheet of every character and an image of every place. */
export function withReferenceImages(state: StoryState): StoryState {
  const { id } = state.story;
  const sheets = Object.keys(CAST).map((designId) => {
    const imagePath = characterSheetPath(id, designId);
    return { kind: 'character' as const, designId, imagePath };
  });
  const places = Object.keys(PLACES).map((designId) => {
    const imagePath = environmentImagePath(id, designId);
    return { kind: 'environment' as const, designId, imagePath };
  });
  return { ...state, referenceImages: [...sheets, ...places] };
}

/** A story of which there is nothing but the prompt. */
export function promptOnly(sketch: StorySketch = {}): StoryState {
  return storyState([], {
    storyConstitution: null,
    targetSceneletsPerPath: null,
    visualDesignDocument: null,
    visualReferencePackage: null,
    audioDesignDocument: null,
    ...sketch,
  });
}
