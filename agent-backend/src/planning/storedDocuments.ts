import {
  type AudioDesign,
  audioDesignSchema,
  type StoryState,
  StoryTreeError,
  type VisualDesign,
  visualDesignSchema,
} from '@story-tree/domain';
import type { z } from 'zod';

/**
 * The visual design of a story, checked again as it is loaded.
 * @throws StoryTreeError `invalid_input` naming what is wrong and the task that regenerates it
 */
export function storedVisualDesign({ story }: StoryState): VisualDesign {
  return checked('visual design document', 'CREATE_VISUAL_DESIGN', visualDesignSchema, story.visualDesignDocument);
}

/**
 * The audio design of a story, checked again as it is loaded: without voices there is no speech.
 * @throws StoryTreeError `invalid_input` naming what is wrong and the task that regenerates it
 */
export function storedAudioDesign({ story }: StoryState): AudioDesign {
  return checked('audio design document', 'CREATE_AUDIO_DESIGN', audioDesignSchema, story.audioDesignDocument);
}

function checked<T>(name: string, task: string, schema: z.ZodType<T>, stored: unknown): T {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new StoryTreeError(
    'invalid_input',
    `The stored ${name} cannot be used (${issues[0]?.path}: ${issues[0]?.message}). ` +
      `Run ${task} with "override" to regenerate it.`,
    { issues },
  );
}
