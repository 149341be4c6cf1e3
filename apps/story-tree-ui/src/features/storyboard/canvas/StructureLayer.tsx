'use client';

import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { type CardKind, shortLabel } from '../model/card.ts';
import { type Box, overlap, type Size, type View, visibleBox } from '../model/geometry.ts';
import { CARD_WIDTH } from '../model/layout.ts';
import { type StoryboardScene, useScene } from '../storyboardContext.ts';
import { TRUNK } from './edgePath.ts';
import { viewOf } from './useCanvas.ts';
import { type Colours, useDrawing } from './useDrawing.ts';

/** The whole story as boxes, in place of the cards, when it is zoomed far out. */
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

type Drawn = Pick<StoryboardScene, 'board' | 'layout' | 'folded' | 'active' | 'path' | 'found'>;

/** How each kind is filled and edged. */
const LOOKS = {
  branch: ['--accent-wash', '--accent'],
  ending: ['--good-wash', '--good'],
  open: ['--warn-wash', '--warn'],
  step: ['--raised', '--line-strong'],
} as const satisfies Record<CardKind, readonly [keyof Colours, keyof Colours]>;

/** The width from which a box has an edge, and from which it shows its label; in pixels. */
const EDGE_FROM = 12;
const LABEL_FROM = 38;

/**
 * Draws the cards as boxes when zoomed far out: all of them in one picture, at a cost that does not depend on how many
 * are visible.
 */
function drawStructure(pen: CanvasRenderingContext2D, drawn: Drawn, view: View, size: Size, colours: Colours) {
  const seen = visibleBox(view, size);
  const { zoom } = view;
  pen.save();
  pen.translate(view.x, view.y);
  pen.scale(zoom, zoom);
  drawEdges(pen, drawn, seen, zoom, colours);
  drawBoxes(pen, drawn, seen, zoom, colours);
  pen.restore();
}

function drawEdges(pen: CanvasRenderingContext2D, drawn: Drawn, seen: Box, zoom: number, colours: Colours): void {
  const { layout, path } = drawn;
  const plain = new Path2D();
  const lit = new Path2D();
  for (const [label, box] of layout.boxes) {
    const parent = layout.boxes.get(layout.parents.get(label) ?? '');
    if (parent === undefined || !overlap(seen, spanOf(parent, box))) continue;
    traceEdge(path.has(label) ? lit : plain, parent, box);
  }
  pen.lineJoin = 'round';
  pen.strokeStyle = colours['--line-strong'];
  pen.lineWidth = 1 / zoom;
  pen.stroke(plain);
  pen.strokeStyle = colours['--accent'];
  pen.lineWidth = 3 / zoom;
  pen.stroke(lit);
}

function traceEdge(line: Path2D, from: Box, to: Box): void {
  const [startY, endY] = [from.y + from.height / 2, to.y + to.height / 2];
  const startX = from.x + from.width;
  line.moveTo(startX, startY);
  line.lineTo(startX + TRUNK, startY);
  line.lineTo(startX + TRUNK, endY);
  line.lineTo(to.x, endY);
}

function drawBoxes(pen: CanvasRenderingContext2D, drawn: Drawn, seen: Box, zoom: number, colours: Colours): void {
  const { layout, board, path, active, found, folded } = drawn;
  const hasEdges = zoom * CARD_WIDTH >= EDGE_FROM;
  const hasLabels = zoom * CARD_WIDTH >= LABEL_FROM;
  pen.font = `600 ${12 / zoom}px ui-monospace, monospace`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const [label, box] of layout.boxes) {
    if (!overlap(seen, box)) continue;
    const [fill, edge] = LOOKS[board.cards.get(label)?.kind ?? 'step'];
    const isOnPath = path.has(label);
    pen.fillStyle = colours[label === active ? '--accent' : found.has(label) ? '--busy' : hasEdges ? fill : edge];
    pen.beginPath();
    if (hasEdges) pen.roundRect(box.x, box.y, box.width, box.height, 18);
    else pen.rect(box.x, box.y, Math.max(box.width, 2 / zoom), Math.max(box.height, 1 / zoom));
    pen.fill();
    if (hasEdges || isOnPath) {
      pen.strokeStyle = colours[isOnPath ? '--accent' : edge];
      pen.lineWidth = (isOnPath ? 2.5 : 1) / zoom;
      pen.stroke();
    }
    if (!hasLabels) continue;
    pen.fillStyle = colours[label === active ? '--on-accent' : found.has(label) ? '--paper' : '--ink'];
    const words = folded.has(label) ? `${shortLabel(label)} +${board.below.get(label) ?? 0}` : shortLabel(label);
    pen.fillText(words, box.x + box.width / 2, box.y + box.height / 2, box.width - 20);
  }
}

function spanOf(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
