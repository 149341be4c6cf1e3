import { crc32, deflateSync } from 'node:zlib';

/** A complete WebP picture of one colour, of any dimensions up to 16,384, in 28 bytes: its pixels take no bits at all. */
export function plainWebp(width: number, height: number): Buffer {
  const lossless = Buffer.alloc(8);
  lossless.writeUInt8(0x2f, 0);
  lossless.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  // No transform, no cache, and five codes of a single symbol each.
  lossless.set([0x88, 0x88, 0x08], 5);
  return riff('WEBP', [chunk('VP8L', lossless)]);
}

/** A PNG file with correct checksums, any dimensions in its header and any bytes for pixels. */
export function pngOf(width: number, height: number, pixels: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(pixels)), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

/** A chunk of a PNG file, with its checksum. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A WAV file with empty chunks before a sound of `seconds`, whose header claims `bytesPerSecond`. */
export function oddWav(options: { chunks?: number; bytesPerSecond?: number; seconds?: number }): Buffer {
  const { chunks = 0, bytesPerSecond = 8_000, seconds = 0.1 } = options;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(4_000, 4);
  format.writeUInt32LE(bytesPerSecond, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const padding = Array.from({ length: chunks }, () => chunk('JUNK', Buffer.alloc(0)));
  return riff('WAVE', [...padding, chunk('fmt ', format), chunk('data', Buffer.alloc(seconds * 8_000))]);
}

function riff(type: string, chunks: readonly Buffer[]): Buffer {
  return chunk('RIFF', Buffer.concat([Buffer.from(type, 'latin1'), ...chunks]));
}

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}
