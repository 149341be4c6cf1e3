import type { Metadata } from 'next';
import { StoryNotFound } from '../../features/story/StoryNotFound.tsx';

export const metadata: Metadata = { title: 'No such story' };

export default function NotFound() {
  return <StoryNotFound />;
}
