'use client';

import { useSearchParams } from 'next/navigation';
import { type ListView, readListView, writeListView } from './listView.ts';

/** The view that the address says, and the way to another one. Typing does not fill the browser's history. */
export function useListView(): [ListView, (view: ListView) => void] {
  const query = useSearchParams();
  const view = readListView(new URLSearchParams(query));
  return [view, (next) => window.history.replaceState(null, '', `/story${writeListView(next)}`)];
}
