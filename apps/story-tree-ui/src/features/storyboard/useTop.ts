'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far from the top of the page an element begins, in pixels; null until that is known. */
export function useTop(element: RefObject<HTMLElement | null>): number | null {
  const [top, setTop] = useState<number | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current === null) return;
      const { top: now } = element.current.getBoundingClientRect();
      // While it fills the window it is out of the page's flow, and cannot be measured.
      const isOut = getComputedStyle(element.current).position === 'fixed';
      setTop((before) => (isOut ? (before ?? 0) : Math.round(now + window.scrollY)));
    };
    measure();
    // Elements above it may appear and disappear, and the page changes its height with them.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
