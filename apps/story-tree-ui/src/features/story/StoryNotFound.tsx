'use client';

import { NothingHere } from '../../components/index.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';

/** For addresses of stories that never were, and of those that are no more. */
export function StoryNotFound() {
  useDocumentTitle('No such story');
  return (
    <NothingHere title="There is no such story" href="/story" way="Back to your stories">
      It was deleted, or its address is not quite right.
    </NothingHere>
  );
}
