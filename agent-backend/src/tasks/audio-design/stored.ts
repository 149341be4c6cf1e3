import { type AudioDesign, audioDesignSchema, type StoryState } from '@story-tree/domain';
import { storedDocument } from '../../planning/storedDocuments.ts';

/**
 * The story's audio design: without voices speech cannot be made.
 * @throws StoryTreeError `invalid_input` naming what is missing
 */
export function storedAudioDesign({ story }: StoryState): AudioDesign {
  return storedDocument('audio design document', 'CREATE_AUDIO_DESIGN', audioDesignSchema, story.audioDesignDocument);
}
