'use client';

import BookOpen from 'lucide-react/icons/book-open';
import { ButtonLink } from '../../../components/index.ts';
import { useStories } from '../../kit/index.ts';

/** The way to a task's story; nothing when it is gone. */
export function StoryLink({ storyId }: { storyId: string }) {
  const { data: stories } = useStories();
  if (stories && !stories.some(({ id }) => id === storyId)) return null;
  return (
    <ButtonLink href={`/story/${encodeURIComponent(storyId)}`} size="small" icon={BookOpen}>
      Open the story
    </ButtonLink>
  );
}
