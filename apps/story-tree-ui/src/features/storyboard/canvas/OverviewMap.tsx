'use client';

import { useStoreApi } from '@xyflow/react';
import { type PointerEvent, useCallback, useLayoutEffect, useRef } from 'react';
import { type Size, visibleBox } from '../model/geometry.ts';
import { fromMap, mapScale, onMap } from '../model/overview.ts';
import { useScene } from '../storyboardContext.ts';
import { type CanvasControl, viewOf } from './useCanvas.ts';
import { type Colours, useDrawing } from './useDrawing.ts';

const SIZE = { width: 196, height: 132 };

/** The whole story in a corner, drawn once, with a frame around the visible part. A press or a drag moves there. */
export function OverviewMap({ control }: { control: CanvasControl }) {
  const { layout, board, path, active } = useScene();
  const draw = useCallback(
    (pen: CanvasRenderingContext2D, size: Size, colours: Colours) => {
      const scale = mapScale(layout.bounds, size);
      for (const [label, box] of layout.boxes) {
        const { x, y, width, height } = onMap(box, scale);
        const kind = board.cards.get(label)?.kind;
        pen.fillStyle = path.has(label)
          ? colours['--accent']
          : kind === 'ending'
            ? colours['--good']
            : kind === 'open'
              ? colours['--warn']
              : colours['--line-strong'];
        pen.globalAlpha = path.has(label) ? 1 : 0.65;
        const thickness = label === active ? 4 : Math.max(1, height);
        pen.fillRect(x, y + height / 2 - thickness / 2, Math.max(2, width), thickness);
      }
      pen.globalAlpha = 1;
    },
    [layout, board, path, active],
  );
  const canvas = useDrawing(draw);
  const frame = useSightFrame();

  const lead = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    control.centre(fromMap(point, mapScale(layout.bounds, SIZE)));
  };
  return (
    <div
      aria-hidden
      data-overview
      onPointerDown={lead}
      onPointerMove={lead}
      className="relative cursor-crosshair touch-none overflow-hidden rounded-card border border-line bg-raised/95 shadow-lift"
      style={SIZE}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div ref={frame} className="absolute top-0 left-0 rounded-sm border-2 border-accent bg-accent/10" />
    </div>
  );
}

/** Keeps the frame on the visible part, without a React update at every step of a pan. */
function useSightFrame() {
  const store = useStoreApi();
  const { layout } = useScene();
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const scale = mapScale(layout.bounds, SIZE);
    const place = () => {
      const { width, height, ...state } = store.getState();
      const sight = onMap(visibleBox(viewOf(state), { width, height }), scale);
      const left = Math.max(0, sight.x);
      const top = Math.max(0, sight.y);
      const right = Math.min(SIZE.width - 2, sight.x + sight.width);
      const bottom = Math.min(SIZE.height - 2, sight.y + sight.height);
      if (frame.current === null) return;
      frame.current.style.transform = `translate(${left}px, ${top}px)`;
      frame.current.style.width = `${Math.max(8, right - left)}px`;
      frame.current.style.height = `${Math.max(6, bottom - top)}px`;
    };
    place();
    return store.subscribe(place);
  }, [store, layout]);
  return frame;
}
