import { StoryTreeError } from '@story-tree/domain';
import { route } from '../apiRoute.ts';

const nothing = async () => {
  throw new StoryTreeError('not_found', 'There is nothing at this address: check it.');
};

/** Everything that no other route handles. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: nothing, POST: nothing, DELETE: nothing });
