import { randomFrom } from '../seed.ts';

const TILE = 256;
const HALF = TILE / 2;

/** The tooth of painting paper: how much lighter or darker each point of a tile is. */
const TOOTH: Int8Array = toothOfPaper();

function toothOfPaper(): Int8Array {
  const random = randomFrom('paper');
  const coarse = Float32Array.from({ length: HALF * HALF }, () => random() + random() - 1);
  const at = (x: number, y: number) => coarse[(y % HALF) * HALF + (x % HALF)] ?? 0;
  return Int8Array.from({ length: TILE * TILE }, (_, index) => {
    const x = (index % TILE) >> 1;
    const y = Math.floor(index / TILE) >> 1;
    return Math.round(4 * (at(x, y) * 0.6 + at(x + 1, y) * 0.3 + at(x, y + 1) * 0.3));
  });
}

/** Squares of the distance from the middle, from 0 to 1 at the edges. */
function squares(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => ((2 * index + 1) / length - 1) ** 2);
}

/** Where the edges begin to darken, and how fast, in squared distance from the middle. */
const EDGE = 0.5;
const STEEPNESS = 0.2;

/**
 * Combines drawings on paper that is darker towards its edges, in one pass over their pixels.
 *
 * @param drawings the opaque background first; four bytes per pixel
 * @returns three bytes per pixel
 */
export function onPaper(drawings: readonly Uint8Array[], width: number, height: number): Uint8Array {
  const across = squares(width);
  const down = squares(height);
  const result = new Uint8ClampedArray(width * height * 3);
  const [back = new Uint8Array(0), ...over] = drawings;
  let from = 0;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    const tooth = (y % TILE) * TILE;
    for (let x = 0; x < width; x += 1) {
      let red = back[from] ?? 0;
      let green = back[from + 1] ?? 0;
      let blue = back[from + 2] ?? 0;
      for (const drawing of over) {
        const alpha = drawing[from + 3] ?? 0;
        if (alpha === 0) continue;
        const share = alpha / 255;
        red += ((drawing[from] ?? 0) - red) * share;
        green += ((drawing[from + 1] ?? 0) - green) * share;
        blue += ((drawing[from + 2] ?? 0) - blue) * share;
      }
      const outside = (across[x] ?? 0) + (down[y] ?? 0) - EDGE;
      const light = outside > 0 ? 1 - outside * outside * STEEPNESS : 1;
      const grain = TOOTH[tooth + (x % TILE)] ?? 0;
      result[to] = red * light + grain;
      result[to + 1] = green * light + grain;
      // Shadows keep a little blue.
      result[to + 2] = blue * (0.2 + 0.8 * light) + grain;
      from += 4;
      to += 3;
    }
  }
  return new Uint8Array(result.buffer);
}
