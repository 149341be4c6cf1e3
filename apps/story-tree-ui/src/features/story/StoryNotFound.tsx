'use client';

import { useLayoutEffect } from 'react';
import { NothingHere } from '../../components/index.ts';

/** For addresses of stories that never existed, and of deleted ones. */
export function StoryNotFound() {
  useDocumentTitle('No such story');
  return (
    <NothingHere title="There is no such story" href="/story" way="Back to your stories">
      It was deleted, or its address is not quite right.
    </NothingHere>
  );
}

/**
 * Sets the title of the browser's tab; leaves it alone while undefined. It changes with a renaming, so the server cannot
 * set it; whatever Next sets instead, at any time, is corrected.
 */
export function useDocumentTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    if (title === undefined) return;
    const wanted = `${title} · Story Tree`;
    const set = () => {
      if (document.title !== wanted) document.title = wanted;
    };
    const observer = new MutationObserver(set);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    set();
    return () => observer.disconnect();
  }, [title]);
}
