import { type StoryState, type VisualDesign, visualDesignSchema } from '@story-tree/domain';
import { storedDocument } from '../../planning/storedDocuments.ts';

/**
 * The story's visual design.
 * @throws StoryTreeError `invalid_input` when what is stored cannot be worked from
 */
export function storedVisualDesign({ story }: StoryState): VisualDesign {
  return storedDocument(
    'visual design document',
    'CREATE_VISUAL_DESIGN',
    visualDesignSchema,
    story.visualDesignDocument,
  );
}
