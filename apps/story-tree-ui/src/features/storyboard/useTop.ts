'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far from the top of the page an element begins, in pixels; null until that is known. */
export function useTop(element: RefObject<HTMLElement | null>): number | null {
  const [top, setTop] = useState<number | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current === null) return;
      const { top: now } = element.current.getBoundingClientRect();
      // While it fills the window it is out of its place, and the page cannot tell.
      const isOut = getComputedStyle(element.current).position === 'fixed';
      setTop((before) => (isOut ? (before ?? 0) : Math.round(now + window.scrollY)));
    };
    measure();
    // What stands above may come and go, and with it the page changes its height.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
