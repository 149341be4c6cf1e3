'use client';

import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { StoryTabId } from '../kit/index.ts';
import { TabSkeleton } from '../kit/index.ts';

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
