'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';

export interface Tab {
  href: string;
  label: string;
  icon?: Icon;
  /** How many items the tab shows. */
  count?: number;
}

/** Tabs that are links: the address is the state. The current one is scrolled into view where they do not all fit. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current tab is the reason to scroll
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (chosen && list.current) list.current.scrollLeft = chosen.offsetLeft - list.current.clientWidth / 3;
  }, [current]);
  return (
    <nav aria-label={label} className="border-line border-b">
      <ul ref={list} className="-mb-px relative flex gap-1 overflow-x-auto [scrollbar-width:none]">
        {tabs.map((tab) => (
          <li key={tab.href} className="shrink-0">
            <TabLink tab={tab} isCurrent={tab.href === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabLink({ tab, isCurrent }: { tab: Tab; isCurrent: boolean }) {
  const TabIcon = tab.icon;
  return (
    <Link
      href={tab.href}
      scroll={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        '-outline-offset-2! inline-flex items-center gap-2 rounded-t-control border-b-2 px-3 py-2.5 text-sm transition-colors',
        isCurrent
          ? 'border-accent font-semibold text-ink'
          : 'border-transparent text-ink-soft hover:border-line-strong hover:text-ink',
      )}
    >
      {TabIcon && <TabIcon size={15} />}
      {tab.label}
      {tab.count !== undefined && <span className="text-ink-faint text-xs tabular-nums">{tab.count}</span>}
    </Link>
  );
}
