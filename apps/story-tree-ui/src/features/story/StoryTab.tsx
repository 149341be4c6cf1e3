'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ComponentType, useEffect } from 'react';
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
