import { type AudioDesign, audioDesignSchema, type StoryState, StoryTreeError } from '@story-tree/domain';

/**
 * The story's audio design, checked again as it is loaded: without voices speech cannot be made.
 * @throws StoryTreeError `invalid_input` naming what is missing
 */
export function storedAudioDesign({ story }: StoryState): AudioDesign {
  const parsed = audioDesignSchema.safeParse(story.audioDesignDocument);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new StoryTreeError(
    'invalid_input',
    `The stored audio design document cannot be used (${issues[0]?.path}: ${issues[0]?.message}). ` +
      'Run CREATE_AUDIO_DESIGN with --override to make it anew.',
    { issues },
  );
}
