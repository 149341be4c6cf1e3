'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type ListView, readListView, writeListView } from './listView.ts';

/**
 * The view of the list, kept in the address. What is typed shows at once; the address, which the router follows a
 * moment later, does not gain an entry in the history for each letter. When something else changes the address, such as
 * a link, the view follows it.
 */
export function useListView(): [ListView, (view: ListView) => void] {
  const query = useSearchParams().toString();
  const [view, setView] = useState(() => readListView(new URLSearchParams(query)));
  const written = useRef<string[]>([]);

  useEffect(() => {
    const place = written.current.lastIndexOf(query);
    if (place === -1) setView(readListView(new URLSearchParams(query)));
    // What was written before this one is outdated.
    written.current = written.current.slice(place + 1);
  }, [query]);

  function change(next: ListView): void {
    const search = writeListView(next);
    setView(next);
    written.current.push(search.slice(1));
    window.history.replaceState(null, '', `/story${search}`);
  }

  return [view, change];
}
