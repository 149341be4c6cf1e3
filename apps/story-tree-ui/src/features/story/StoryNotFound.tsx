'use client';

import Compass from 'lucide-react/icons/compass';
import { ButtonLink, EmptyState, PageBody } from '../../components/index.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';

/** For addresses of stories that never were, and of those that are no more. */
export function StoryNotFound() {
  useDocumentTitle('No such story');
  return (
    <PageBody>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Compass}
        title="There is no such story"
        actions={
          <ButtonLink href="/story" variant="primary">
            Back to your stories
          </ButtonLink>
        }
      >
        <p>It was deleted, or its address is not quite right.</p>
      </EmptyState>
    </PageBody>
  );
}
