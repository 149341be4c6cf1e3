'use client';

import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { Size } from '../model/geometry.ts';
import { useScene } from '../storyboardContext.ts';
import type { Colours } from './colours.ts';
import { drawStructure } from './drawStructure.ts';
import { viewOf } from './useCanvas.ts';
import { useDrawing } from './useDrawing.ts';

/** The whole story as boxes, in place of the cards, when one looks from far away. */
export function StructureLayer() {
  const store = useStoreApi();
  const scene = useScene();
  const draw = useCallback(
    (pen: CanvasRenderingContext2D, size: Size, colours: Colours) =>
      drawStructure(pen, scene, viewOf(store.getState()), size, colours),
    [store, scene],
  );
  const canvas = useDrawing(draw, store.subscribe);
  return <canvas ref={canvas} data-structure className="pointer-events-none absolute inset-0 size-full" />;
}
