'use client';

import { useLayoutEffect } from 'react';

/**
 * What the browser calls the page; left alone while undefined. It changes with a renaming, so the server cannot say it;
 * what Next says instead may come at any time, and is put right then.
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
