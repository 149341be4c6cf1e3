'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/** How many items are added at a time, unless they are large. */
const STEP = 20;

/**
 * The beginning of a long list, which grows as its end comes near the screen. `sentinel` belongs below the list; it is
 * a button, so that the rest can be reached without scrolling too.
 */
export function useGrowingList<Item>(
  items: readonly Item[],
  step = STEP,
): { shown: readonly Item[]; sentinel: ReactNode } {
  const [count, setCount] = useState(step);
  const end = useRef<HTMLButtonElement>(null);
  const hasMore = items.length > count;

  // biome-ignore lint/correctness/useExhaustiveDependencies: an end that stays in sight after a step gives no further sign
  useEffect(() => {
    const element = end.current;
    if (element === null || !hasMore) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setCount((known) => known + step), {
      rootMargin: '800px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, count, step]);

  return {
    shown: items.slice(0, count),
    sentinel: hasMore && (
      <button
        ref={end}
        type="button"
        onClick={() => setCount((known) => known + step)}
        className="w-full rounded-control py-3 text-ink-soft text-sm hover:bg-sunken"
      >
        Show more
      </button>
    ),
  };
}
