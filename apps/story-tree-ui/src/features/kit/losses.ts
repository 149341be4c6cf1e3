import type { StoryDetail } from '../../wire/index.ts';
import { counted } from './storyParts.ts';

/** What exists of a story, by the workflow task that makes it; null where nothing does. */
const OUTPUTS: Readonly<Record<string, (detail: StoryDetail) => string | null>> = {
  CREATE_CONSTITUTION: ({ story }) => given(story.storyConstitution, 'the constitution'),
  CREATE_INTERACTIVE_SCRIPT: ({ scenelets }) => some(scenelets.length, 'scenelet'),
  CREATE_VISUAL_DESIGN: ({ story }) => given(story.visualDesignDocument, 'the visual design'),
  CREATE_VISUAL_REFERENCE: ({ story }) => given(story.visualReferencePackage, 'the visual reference'),
  CREATE_AUDIO_DESIGN: ({ story }) => given(story.audioDesignDocument, 'the audio design'),
  CREATE_SHOT_PRODUCTION: ({ shots }) => some(shots.length, 'shot'),
  CREATE_CHARACTER_MODEL_SHEET: (detail) => some(references(detail, 'character'), 'character sheet'),
  CREATE_ENVIRONMENT_REFERENCE_IMAGE: (detail) => some(references(detail, 'environment'), 'environment image'),
  CREATE_SHOT_IMAGES: ({ shots }) => some(shots.filter((shot) => shot.keyFrameImagePath).length, 'key frame'),
  CREATE_SHOT_AUDIO: ({ shots }) => some(shots.filter((shot) => shot.audioFilePath).length, 'recording'),
};

/** What exists of a workflow task's output, as in `28 shots`; null when nothing does. */
export function outputOf(task: string, detail: StoryDetail): string | null {
  return OUTPUTS[task]?.(detail) ?? null;
}

/**
 * What is removed when a task is run again although other tasks build on what it made. `titles` are those of the other
 * tasks.
 */
export function lossesOf(titles: readonly string[], detail: StoryDetail): string[] {
  return titles.map((title) => {
    const task = detail.workflow.find((state) => state.title === title)?.task ?? '';
    return outputOf(task, detail) ?? title.toLowerCase();
  });
}

/** What is deleted together with a story. */
export function lossesOfDeletion(detail: StoryDetail): string[] {
  return Object.values(OUTPUTS)
    .map((output) => output(detail))
    .filter((output) => output !== null);
}

const given = (document: unknown, name: string) => (document === null ? null : name);

const some = (count: number, noun: string) => (count === 0 ? null : counted(count, noun));

const references = ({ referenceImages }: StoryDetail, kind: string) =>
  referenceImages.filter((image) => image.kind === kind).length;
