import { notFound } from 'next/navigation';
import { StoryTab } from '../../../../features/story/StoryTab.tsx';
import { isStoryTab } from '../../../../features/story/storyTabs.ts';

export default async function StoryTabPage({ params }: { params: Promise<{ tab: string }> }) {
  const { tab } = await params;
  if (!isStoryTab(tab)) notFound();
  return <StoryTab tab={tab} />;
}
