'use client';

import Compass from 'lucide-react/icons/compass';
import { ButtonLink, EmptyState, PageBody } from '../../components/index.ts';
import { useStoryPage } from './storyContext.ts';
import { bestTab, storyHref } from './storyTabs.ts';

/** For an address within a story that leads nowhere. */
export function NoSuchTab() {
  const { storyId, detail } = useStoryPage();
  return (
    <PageBody>
      <EmptyState
        icon={Compass}
        title="The story has no such part"
        actions={
          <ButtonLink href={storyHref(storyId, bestTab(detail))} variant="primary">
            Open the story
          </ButtonLink>
        }
      >
        <p>Its parts are the tabs above.</p>
      </EmptyState>
    </PageBody>
  );
}
