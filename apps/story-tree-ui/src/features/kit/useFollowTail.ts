'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** A distance to the end that still counts as being at the end, in pixels. */
const NEAR = 24;

/** How long after a key press, wheel or touch a scroll may still be caused by it, in milliseconds. */
const HAND_MS = 1_000;

/**
 * Keeps the end of a growing text in view until the reader scrolls up; scrolling down again, or `follow`, resumes.
 * The text scrolls within its nearest ancestor that scrolls.
 */
export function useFollowTail<Content extends HTMLElement>(): {
  content: RefObject<Content | null>;
  isFollowing: boolean;
  follow(): void;
} {
  const content = useRef<Content>(null);
  const following = useRef(true);
  const [isFollowing, setFollowing] = useState(true);

  const set = useCallback((next: boolean) => {
    following.current = next;
    setFollowing(next);
  }, []);

  useEffect(() => {
    const text = content.current;
    const scroller = text && scrollerOf(text);
    if (!text || !scroller) return;
    const stop = new AbortController();
    const toEnd = () => following.current && scrollToEnd(scroller);
    const hand = watchHand(scroller, stop.signal);
    let top = scroller.scrollTop;
    const noteScroll = () => {
      if (isAtEnd(scroller)) set(true);
      else if (scroller.scrollTop < top && hand.isAtIt()) set(false);
      top = scroller.scrollTop;
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(text);
    observer.observe(scroller);
    scroller.addEventListener('scroll', noteScroll, { passive: true, signal: stop.signal });
    return () => {
      observer.disconnect();
      stop.abort();
    };
  }, [set]);

  const follow = useCallback(() => {
    set(true);
    const scroller = content.current && scrollerOf(content.current);
    if (scroller) scrollToEnd(scroller);
  }, [set]);

  return { content, isFollowing, follow };
}

/**
 * Whether it may be the reader who scrolls. A text that gets shorter and longer again causes the same events.
 */
function watchHand(scroller: HTMLElement, signal: AbortSignal): { isAtIt(): boolean } {
  let last = Number.NEGATIVE_INFINITY;
  const note = ({ type, target }: Event) => {
    // A press outside the text is one on the scroll bar.
    if (type !== 'pointerdown' || target === scroller) last = performance.now();
  };
  for (const type of ['wheel', 'touchmove', 'keydown', 'focusin', 'pointerdown']) {
    scroller.addEventListener(type, note, { passive: true, signal });
  }
  return { isAtIt: () => performance.now() - last < HAND_MS };
}

function scrollToEnd(scroller: HTMLElement): void {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' });
}

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight >= scrollHeight - NEAR;
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  let each = element.parentElement;
  while (each && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement;
  return each;
}
