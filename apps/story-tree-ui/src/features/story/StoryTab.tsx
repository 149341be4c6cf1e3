'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ComponentType, useEffect } from 'react';
import { ButtonLink, ErrorState, NothingHere, PageBody } from '../../components/index.ts';
import { bestTab, type StoryTabId, storyHref, TabSkeleton, useStoryPage } from '../kit/index.ts';

const loading = () => <TabSkeleton />;

/** Each tab's code is loaded when the tab is first opened. */
const TABS: Record<StoryTabId, ComponentType> = {
  constitution: dynamic(() => import('../constitution/ConstitutionTab.tsx'), { loading }),
  script: dynamic(() => import('../script/ScriptTab.tsx'), { loading }),
  storyboard: dynamic(() => import('../storyboard/Storyboard.tsx').then(({ Storyboard }) => Storyboard), { loading }),
  visual: dynamic(() => import('../visual/VisualTab.tsx'), { loading }),
  audio: dynamic(() => import('../audio/AudioTab.tsx'), { loading }),
  shots: dynamic(() => import('../shots/ShotsTab.tsx'), { loading }),
  player: dynamic(() => import('../player/PlayerTab.tsx'), { loading }),
  costs: dynamic(() => import('../costs/CostsTab.tsx'), { loading }),
};

export function StoryTab({ tab }: { tab: StoryTabId }) {
  const Tab = TABS[tab];
  return <Tab />;
}

/** Leads from a story's own address to the tab that is most worth seeing. */
export function BestTab() {
  const { storyId, detail } = useStoryPage();
  const router = useRouter();
  const address = storyHref(storyId, bestTab(detail));
  useEffect(() => router.replace(address), [router, address]);
  return <TabSkeleton />;
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

/** In place of a tab that could not be shown; the rest of the page remains usable. */
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
