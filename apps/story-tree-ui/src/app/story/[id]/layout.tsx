import type { ReactNode } from 'react';
import { StoryFrame } from '../../../features/story/StoryFrame.tsx';

export default async function StoryLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const { id } = await params;
  return <StoryFrame storyId={id}>{children}</StoryFrame>;
}
