import { notFound, useSelectedLayoutSegment } from 'next/navigation';
import { isStoryTab } from '../kit/index.ts';

/**
 * Has the server answer 404 for an address within the story that leads nowhere. The page that says so stands in the story's
 * frame, which the server does not fill; the browser shows it there, once it has the story.
 */
export function useMissingTabStatus(): void {
  const tab = useSelectedLayoutSegment();
  if (typeof window === 'undefined' && tab !== null && !isStoryTab(tab)) notFound();
}
