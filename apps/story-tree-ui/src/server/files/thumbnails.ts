import { createTurns } from '../turns.ts';

/** How many bytes of thumbnails are kept, the most recently used: some thousands. */
const KEPT_BYTES = 64 * 2 ** 20;

/** How many are made at once. Each holds its whole picture meanwhile, and other requests need the processor as well. */
const AT_ONCE = 2;

/** Makes a picture smaller. @throws StoryTreeError for what is not a picture */
export type Shrink = (picture: Uint8Array, width: number) => Promise<Uint8Array>;

/** Small copies of pictures, made on first request and kept in memory. */
export interface Thumbnails {
  /**
   * @param version names the picture and its content: different content, different name
   * @param read reads the picture; only called when no copy is kept
   * @throws StoryTreeError as {@link Shrink}
   */
  of(version: string, width: number, read: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

/** @param keptBytes the most bytes to keep */
export function createThumbnails(shrink: Shrink, keptBytes = KEPT_BYTES): Thumbnails {
  /** By name; the most recently used come last. */
  const kept = new Map<string, Uint8Array>();
  const inWork = new Map<string, Promise<Uint8Array>>();
  const inTurn = createTurns(AT_ONCE);
  let bytes = 0;

  function keep(name: string, thumbnail: Uint8Array): void {
    kept.set(name, thumbnail);
    bytes += thumbnail.length;
    for (const [oldest, { length }] of kept) {
      if (bytes <= keptBytes) return;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  async function make(name: string, width: number, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const thumbnail = await inTurn(async () => shrink(await read(), width));
      keep(name, thumbnail);
      return thumbnail;
    } finally {
      inWork.delete(name);
    }
  }

  return {
    async of(version, width, read) {
      const name = `${version} ${width}`;
      const known = kept.get(name);
      if (known !== undefined) {
        kept.delete(name);
        kept.set(name, known);
        return known;
      }
      const made = inWork.get(name) ?? make(name, width, read);
      inWork.set(name, made);
      return await made;
    },
  };
}
