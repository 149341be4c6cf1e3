'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { bestTab, storyHref, TabSkeleton, useStoryPage } from '../kit/index.ts';

/** Leads from a story's own address to the tab that is most worth seeing. */
export function BestTab() {
  const { storyId, detail } = useStoryPage();
  const router = useRouter();
  const address = storyHref(storyId, bestTab(detail));
  useEffect(() => router.replace(address), [router, address]);
  return <TabSkeleton />;
}
