import { crc32, createInflate } from 'node:zlib';
import { fitsPicture } from './pictureLimits.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 13;

/** Samples of a pixel by colour type, and how many bits each may have (PNG specification, table 11.1). */
const COLOUR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Where the seven passes of an interlaced picture begin, and how far apart their pixels are. */
const PASSES = [
  { left: 0, top: 0, across: 8, down: 8 },
  { left: 4, top: 0, across: 8, down: 8 },
  { left: 0, top: 4, across: 4, down: 8 },
  { left: 2, top: 0, across: 4, down: 4 },
  { left: 0, top: 2, across: 2, down: 4 },
  { left: 1, top: 0, across: 2, down: 2 },
  { left: 0, top: 1, across: 1, down: 2 },
] as const;

/** True for bytes that begin as PNG files do, whatever follows. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

/**
 * True for a PNG file that is complete and within the limits of pictures: every chunk whole with a correct checksum, one
 * still picture, and pixels that inflate to exactly the size its header gives. The inflated bytes are counted, not kept.
 */
export async function isWholePng(bytes: Uint8Array): Promise<boolean> {
  const chunks = readChunks(bytes);
  if (chunks === undefined) return false;
  const size = pixelBytes(chunks.header);
  return size !== undefined && (await inflatesTo(size, chunks.pixels));
}

/** Undefined if the file breaks off or is damaged. */
function readChunks(bytes: Uint8Array): { header: Buffer; pixels: readonly Buffer[] } | undefined {
  if (!hasPngSignature(bytes)) return undefined;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels: Buffer[] = [];
  let header: Buffer | undefined;
  for (let offset = SIGNATURE.length; offset + 12 <= view.length; ) {
    const end = offset + 8 + view.readUInt32BE(offset);
    if (end + 4 > view.length || crc32(view.subarray(offset + 4, end)) !== view.readUInt32BE(end)) return undefined;
    const name = view.toString('latin1', offset + 4, offset + 8);
    const data = view.subarray(offset + 8, end);
    if ((name === 'IHDR') !== (header === undefined)) return undefined;
    // Marks an animation.
    if (name === 'acTL') return undefined;
    if (name === 'IEND') return header && { header, pixels };
    if (name === 'IHDR') header = data;
    if (name === 'IDAT') pixels.push(data);
    offset = end + 4;
  }
  return undefined;
}

/** Bytes of all rows, each with the byte in front that names its filter; undefined for an impossible header. */
function pixelBytes(header: Buffer): number | undefined {
  if (header.length !== HEADER_BYTES) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, type = 0, compression, filter, interlace = 0] = header.subarray(8);
  const colour = COLOUR_TYPES[type];
  if (!fitsPicture(width, height) || !colour?.depths.includes(depth)) return undefined;
  if (compression !== 0 || filter !== 0 || interlace > 1) return undefined;
  const bits = colour.samples * depth;
  const rows = (wide: number, high: number) => (wide === 0 ? 0 : high * (1 + Math.ceil((wide * bits) / 8)));
  if (interlace === 0) return rows(width, height);
  return PASSES.reduce((sum, { left, top, across, down }) => {
    const [wide, high] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)];
    return sum + rows(Math.max(0, wide), Math.max(0, high));
  }, 0);
}

/** Stops as soon as there is more than `size`. */
async function inflatesTo(size: number, pieces: readonly Buffer[]): Promise<boolean> {
  const inflate = createInflate();
  let seen = 0;
  try {
    inflate.end(Buffer.concat(pieces));
    for await (const piece of inflate) {
      seen += (piece as Buffer).length;
      if (seen > size) return false;
    }
    return seen === size;
  } catch {
    return false;
  }
}
