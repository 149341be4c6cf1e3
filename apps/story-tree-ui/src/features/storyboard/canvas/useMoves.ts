'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { TreeLayout } from '../model/layout.ts';
import type { CanvasControl } from './useCanvas.ts';

type Move = 'bring' | 'arrive';

/**
 * Moves the view after the page has been rendered: only then is it known where a previously folded card lies, and how
 * much room the panel leaves. Until then everything stays in place, including the active scenelet when the tree around
 * it grows, folds or unfolds.
 *
 * @returns requests a move to the scenelet that will be active
 */
export function useMoves(
  frame: RefObject<HTMLElement | null>,
  control: CanvasControl,
  layout: TreeLayout,
  active: string,
): (kind: Move) => void {
  const [asked, ask] = useState<{ kind: Move } | null>(null);
  useSteadyPlace(frame, control);

  const before = useRef(layout);
  const keepSteady = useEffectEvent(() => {
    const [was, is] = [before.current.boxes.get(active), layout.boxes.get(active)];
    before.current = layout;
    if (was && is) control.shift(was.x - is.x, was.y - is.y);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is what moves cards
  useLayoutEffect(() => keepSteady(), [layout]);

  const move = useEffectEvent((kind: Move) => {
    const box = layout.boxes.get(active);
    if (box) control[kind](box);
  });
  useLayoutEffect(() => {
    if (asked !== null) move(asked.kind);
  }, [asked]);
  return (kind) => ask({ kind });
}

/**
 * What is visible stays in place on the screen when the panel or outline opens or closes, since somebody may be about
 * to click a second time. When the window is resized, what was in the middle stays there.
 */
function useSteadyPlace(frame: RefObject<HTMLElement | null>, control: CanvasControl): void {
  const before = useRef<Place | null>(null);
  const keep = useEffectEvent((offset: (was: Place, is: Place) => [x: number, y: number]) => {
    if (frame.current === null) return;
    const is = placeOf(frame.current);
    const was = before.current;
    before.current = is;
    const isSame = was === null || (was.width === is.width && was.height === is.height);
    if (!isSame) control.slide(...offset(was, is));
  });
  // On every render: a panel that opens has taken its room before any observer is notified.
  useLayoutEffect(() => keep((was, is) => [was.left - is.left, 0]));
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      keep((was, is) => [(is.width - was.width) / 2, (is.height - was.height) / 2]),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
}

interface Place {
  left: number;
  width: number;
  height: number;
}

function placeOf(element: HTMLElement): Place {
  return {
    left: element.getBoundingClientRect().left,
    width: element.clientWidth,
    height: element.clientHeight,
  };
}
