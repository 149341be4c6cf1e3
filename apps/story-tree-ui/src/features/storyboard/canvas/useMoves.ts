'use client';

import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { TreeLayout } from '../model/layout.ts';
import type { CanvasControl } from './useCanvas.ts';

type Move = 'bring' | 'arrive';

/**
 * Moves the window after the page has followed what was done: only then is it known where a card lies that was folded
 * away, and how much room the panel leaves.
 *
 * @returns asks for a move to the scenelet one will be at
 */
export function useMoves(control: CanvasControl, layout: TreeLayout, active: string): (kind: Move) => void {
  const [asked, ask] = useState<{ kind: Move } | null>(null);
  const before = useRef(layout);

  const keepSteady = useEffectEvent(() => {
    const [was, is] = [before.current.boxes.get(active), layout.boxes.get(active)];
    before.current = layout;
    if (was && is) control.shift(was.x - is.x, was.y - is.y);
  });
  const move = useEffectEvent((kind: Move) => {
    const box = layout.boxes.get(active);
    if (box) control[kind](box);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is what moves cards
  useLayoutEffect(() => keepSteady(), [layout]);
  useLayoutEffect(() => {
    if (asked !== null) move(asked.kind);
  }, [asked]);
  return (kind) => ask({ kind });
}
