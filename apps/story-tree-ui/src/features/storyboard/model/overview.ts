import type { Box, Size } from './geometry.ts';

/**
 * How the canvas is squeezed into a small map. Stories are far longer in one direction than in the other, so each has a
 * scale of its own, within limits: a map to scale would be a thin line.
 */
export interface MapScale {
  x: number;
  y: number;
  /** Where the canvas begins on the map. */
  left: number;
  top: number;
}

const WIDEST = 60;
const HIGHEST = 3;
const MARGIN = 6;

export function mapScale(bounds: Box, { width, height }: Size): MapScale {
  const room = { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
  const fitX = room.width / Math.max(1, bounds.width);
  const fitY = room.height / Math.max(1, bounds.height);
  const even = Math.min(fitX, fitY);
  const x = Math.min(fitX, even * WIDEST);
  const y = Math.min(fitY, even * HIGHEST);
  return {
    x,
    y,
    left: (width - bounds.width * x) / 2 - bounds.x * x,
    top: (height - bounds.height * y) / 2 - bounds.y * y,
  };
}

export function onMap({ x, y, width, height }: Box, scale: MapScale): Box {
  return {
    x: x * scale.x + scale.left,
    y: y * scale.y + scale.top,
    width: width * scale.x,
    height: height * scale.y,
  };
}

/** The point of the canvas at a point of the map. */
export function fromMap(point: { x: number; y: number }, scale: MapScale): { x: number; y: number } {
  return { x: (point.x - scale.left) / scale.x, y: (point.y - scale.top) / scale.y };
}
