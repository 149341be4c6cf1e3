'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useStoryPage } from './storyContext.ts';
import { bestTab, storyHref } from './storyTabs.ts';
import { TabSkeleton } from './TabSkeleton.tsx';

/** Leads from a story's own address to the tab that is most worth seeing. */
export function BestTab() {
  const { storyId, detail } = useStoryPage();
  const router = useRouter();
  const address = storyHref(storyId, bestTab(detail));
  useEffect(() => router.replace(address), [router, address]);
  return <TabSkeleton />;
}
