'use client';

import { ButtonLink, ErrorState, NothingHere, PageBody } from '../../components/index.ts';
import { bestTab, storyHref, useStoryPage } from '../kit/index.ts';
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

/** For an address within a story that leads nowhere. */
export function NoSuchTab() {
  const { storyId, detail } = useStoryPage();
  return (
    <NothingHere
      of="part"
      title="The story has no such part"
      href={storyHref(storyId, bestTab(detail))}
      way="Open the story"
    >
      Its parts are the tabs above.
    </NothingHere>
  );
}

/** In the place of a tab that could not be shown; the rest of the page stays in use. */
export function TabFailure({ error, onRetry }: { error: Error; onRetry(): void }) {
  return (
    <PageBody>
      <ErrorState
        title="This part of the story could not be shown"
        error={error}
        onRetry={onRetry}
        actions={
          <ButtonLink href="/story" size="small">
            Back to your stories
          </ButtonLink>
        }
      />
    </PageBody>
  );
}
