'use client';

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useState } from 'react';
import { shortLabel } from '../model/card.ts';
import { hitLabel } from '../model/layout.ts';
import { useScene } from '../storyboardContext.ts';

interface Hint {
  label: string;
  x: number;
  y: number;
}

/** While cards are boxes: says which one is under the pointer. */
export function StructureHint({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const { layout, board } = useScene();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const [hint, setHint] = useState<Hint | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const follow = ({ clientX, clientY, pointerType }: PointerEvent) => {
      if (pointerType !== 'mouse') return;
      const label = hitLabel(layout, screenToFlowPosition({ x: clientX, y: clientY }), getZoom());
      const { left, top } = element.getBoundingClientRect();
      setHint(label === null ? null : { label, x: clientX - left, y: clientY - top });
    };
    const leave = () => setHint(null);
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerleave', leave);
    };
  }, [frame, layout, screenToFlowPosition, getZoom]);
  const card = hint && board.cards.get(hint.label);
  if (!card) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 z-10 w-max max-w-64 rounded-control bg-ink px-2.5 py-1.5 text-paper text-xs leading-snug shadow-float"
      style={{ transform: `translate(${hint.x + 14}px, ${hint.y + 14}px)` }}
    >
      <span className="font-mono font-semibold">{shortLabel(card.label)}</span>{' '}
      <span dir="auto" className="line-clamp-3">
        {card.title}
      </span>
    </div>
  );
}
