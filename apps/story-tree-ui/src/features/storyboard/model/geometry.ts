/** A rectangle on the canvas; units are those of a card at 100 %. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The position of the canvas: a point `p` of it appears at `p × zoom + (x, y)` pixels. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** The size of the canvas on the page, in pixels. */
export interface Size {
  width: number;
  height: number;
}

export function centreOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The visible box. */
export function visibleBox({ x, y, zoom }: View, size: Size): Box {
  return { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
}

export function contains(box: Box, { x, y }: { x: number; y: number }): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest box around all; an empty one where there are no boxes. */
export function around(boxes: Iterable<Box>): Box {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left > right) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}
