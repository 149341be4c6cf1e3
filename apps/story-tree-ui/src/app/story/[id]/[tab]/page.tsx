import { notFound } from 'next/navigation';
import { isStoryTab } from '../../../../features/kit/storyTabs.ts';
import { StoryTab } from '../../../../features/story/StoryTab.tsx';

export default async function StoryTabPage({ params }: { params: Promise<{ tab: string }> }) {
  const { tab } = await params;
  if (!isStoryTab(tab)) notFound();
  return <StoryTab tab={tab} />;
}
