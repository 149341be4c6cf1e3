import { type StoryState, StoryTreeError, type VisualDesign, visualDesignSchema } from '@story-tree/domain';

/**
 * The story's visual design, checked again as it is loaded.
 * @throws StoryTreeError `invalid_input` when what is stored cannot be worked from
 */
export function storedVisualDesign({ story }: StoryState): VisualDesign {
  const parsed = visualDesignSchema.safeParse(story.visualDesignDocument);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new StoryTreeError(
    'invalid_input',
    `The stored visual design document cannot be used (${issues[0]?.path}: ${issues[0]?.message}). ` +
      'Run CREATE_VISUAL_DESIGN with --override to make it anew.',
    { issues },
  );
}
