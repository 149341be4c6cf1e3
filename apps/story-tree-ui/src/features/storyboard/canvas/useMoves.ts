'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { TreeLayout } from '../model/layout.ts';
import type { CanvasControl } from './useCanvas.ts';

type Move = 'bring' | 'arrive';

/**
 * Moves the window after the page has followed what was done: only then is it known where a card lies that was folded
 * away, and how much room the panel leaves. Before that, what was in the middle stays there when the room changes, and
 * the scenelet one is at stays where it is when the tree around it grows, folds or unfolds.
 *
 * @returns asks for a move to the scenelet one will be at
 */
export function useMoves(
  frame: RefObject<HTMLElement | null>,
  control: CanvasControl,
  layout: TreeLayout,
  active: string,
): (kind: Move) => void {
  const [asked, ask] = useState<{ kind: Move } | null>(null);
  useSteadyMiddle(frame, control);

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

function useSteadyMiddle(frame: RefObject<HTMLElement | null>, control: CanvasControl): void {
  const before = useRef<{ width: number; height: number } | null>(null);
  const keepMiddle = useEffectEvent(() => {
    const element = frame.current;
    if (element === null) return;
    const now = { width: element.clientWidth, height: element.clientHeight };
    const was = before.current;
    before.current = now;
    if (was !== null) control.slide((now.width - was.width) / 2, (now.height - was.height) / 2);
  });
  // At every rendering, since a panel that opens has taken its room before any observer hears of it.
  useLayoutEffect(() => keepMiddle());
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => keepMiddle());
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
}
