'use client';

import { useEffect } from 'react';

/** What the browser calls the page; as before while undefined. It can change with a renaming, so the server cannot say it. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Story Tree`;
  }, [title]);
}
