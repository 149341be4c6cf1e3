/** Pixels of a side: twice the largest that image models offer (4K: 4,096). */
const MAX_SIDE = 8_192;

/** Pixels of a picture: three times the largest that image models offer (4K: 4,096 × 4,096). As RGBA, 200 MB. */
export const MAX_PIXELS = 50_000_000;

/** Whether a picture of these dimensions may be decoded: its pixels take memory however small its file is. */
export function fitsPicture(width: number, height: number): boolean {
  return width > 0 && height > 0 && Math.max(width, height) <= MAX_SIDE && width * height <= MAX_PIXELS;
}
