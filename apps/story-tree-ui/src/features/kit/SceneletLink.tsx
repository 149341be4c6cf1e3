'use client';

import Link from 'next/link';
import { useStoryPage } from './storyContext.tsx';
import { type StoryTabId, storyHref } from './storyTabs.ts';

/** A scenelet's name, leading to where it is shown. */
export function SceneletLink({ label, tab = 'storyboard' }: { label: string; tab?: StoryTabId }) {
  const { storyId } = useStoryPage();
  return (
    <Link
      href={storyHref(storyId, tab, { scenelet: label })}
      className="rounded font-mono text-ink-soft text-xs underline decoration-line-strong underline-offset-4 hover:text-accent"
    >
      {label}
    </Link>
  );
}
