'use client';

import { type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useMemo } from 'react';
import type { Box, Size, View } from '../model/geometry.ts';
import { arrival, brought, fit, levelOfDetail, zoomed } from '../model/viewport.ts';

/** How much one step zooms in. */
export const ZOOM_STEP = 1.3;

const GLIDE_MS = 260;
/** Over more screens than this, an animation would only be a blur. */
const GLIDE_SCREENS = 3;

/** Moves the window over the canvas. */
export interface CanvasControl {
  /** Moves as little as needed to show the box. */
  bring(box: Box): void;
  /** Centres the box, large enough to read. */
  arrive(box: Box): void;
  fit(box: Box): void;
  /** 1 is 100 %. The box stays in place if it is visible. */
  zoomTo(zoom: number, about: Box): void;
  zoomBy(factor: number, about: Box): void;
  /** Centres a point of the canvas. */
  centre(point: { x: number; y: number }): void;
  /** Shifts everything by so much of the canvas, at once. */
  shift(x: number, y: number): void;
  /** Shifts everything by pixels, at once. */
  slide(x: number, y: number): void;
}

/**
 * React Flow's own fitting never settles where invisible cards are not mounted, so all moves are computed from the
 * layout.
 *
 * @param frame the element that the canvas fills; its size is read at the moment of the move
 */
export function useCanvas(frame: RefObject<HTMLElement | null>): CanvasControl {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  return useMemo(() => {
    const view = () => viewOf(store.getState());
    const slide = (x: number, y: number) => {
      const now = view();
      if (x !== 0 || y !== 0) void setViewport({ ...now, x: now.x + x, y: now.y + y });
    };
    const size = (): Size => ({
      width: frame.current?.clientWidth ?? store.getState().width,
      height: frame.current?.clientHeight ?? store.getState().height,
    });
    const move = (target: View) => {
      if (levelOfDetail(target.zoom) === 'structure') {
        // Removed before the view widens: otherwise React Flow would mount every card on the way.
        store.getState().setNodes([]);
        store.getState().setEdges([]);
      }
      const duration = glides(view(), target, size()) ? GLIDE_MS : 0;
      void setViewport(target, { duration });
    };
    return {
      bring: (box) => move(brought(box, view(), size())),
      arrive: (box) => move(arrival(box, size(), view().zoom)),
      fit: (box) => move(fit(box, size())),
      zoomTo: (zoom, about) => move(zoomed(view(), size(), zoom, about)),
      zoomBy: (factor, about) => move(zoomed(view(), size(), view().zoom * factor, about)),
      centre({ x, y }) {
        const { zoom } = view();
        const { width, height } = size();
        void setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom });
      },
      shift(x, y) {
        const { zoom } = view();
        slide(x * zoom, y * zoom);
      },
      slide,
    };
  }, [frame, setViewport, store]);
}

export function viewOf({ transform: [x, y, zoom] }: Pick<ReactFlowState, 'transform'>): View {
  return { x, y, zoom };
}

/** Short moves are animated; where cards would come and go on the way, the view jumps. */
function glides(from: View, to: View, { width, height }: Size): boolean {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return false;
  if (levelOfDetail(from.zoom) !== levelOfDetail(to.zoom)) return false;
  const far = Math.max(Math.abs(to.x - from.x) / width, Math.abs(to.y - from.y) / height);
  return far < GLIDE_SCREENS && Math.abs(Math.log2(to.zoom / from.zoom)) < 1.5;
}
