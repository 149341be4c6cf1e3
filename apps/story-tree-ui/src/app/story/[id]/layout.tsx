import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { soon } from '../../../features/shell/pageSettings.ts';
import { StoryFrame } from '../../../features/story/StoryFrame.tsx';
import { services } from '../../../services/index.ts';

export default async function StoryLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const { id } = await params;
  // A server that cannot say whether there is such a story shows the frame, which asks again.
  if ((await soon(services().stories.has(id))) === false) notFound();
  return <StoryFrame storyId={id}>{children}</StoryFrame>;
}
