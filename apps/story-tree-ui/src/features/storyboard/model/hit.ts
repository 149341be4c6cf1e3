import { centreOf, contains } from './geometry.ts';
import type { TreeLayout } from './layout.ts';

/** How near to a card a pointer has to be, in pixels, where cards are only a few pixels large. */
const REACH = 8;

/** The card under a point of the canvas, or the nearest one within reach. */
export function hitLabel({ boxes }: TreeLayout, point: { x: number; y: number }, zoom: number): string | null {
  let nearest: string | null = null;
  let least = REACH / zoom;
  for (const [label, box] of boxes) {
    if (contains(box, point)) return label;
    const centre = centreOf(box);
    const outX = Math.max(0, Math.abs(point.x - centre.x) - box.width / 2);
    const outY = Math.max(0, Math.abs(point.y - centre.y) - box.height / 2);
    const distance = Math.hypot(outX, outY);
    if (distance < least) [nearest, least] = [label, distance];
  }
  return nearest;
}
