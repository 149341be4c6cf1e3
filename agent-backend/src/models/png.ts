import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** True for bytes that begin as PNG files do, whatever follows. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

/** True for a PNG file that is all there: every chunk whole, its checksum right, pixels between header and end. */
export function isWholePng(bytes: Uint8Array): boolean {
  if (!hasPngSignature(bytes)) return false;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = SIGNATURE.length;
  let first = true;
  let pixels = false;
  while (offset + 12 <= view.length) {
    const end = offset + 8 + view.readUInt32BE(offset);
    if (end + 4 > view.length || crc32(view.subarray(offset + 4, end)) !== view.readUInt32BE(end)) return false;
    const name = view.toString('latin1', offset + 4, offset + 8);
    if (first && name !== 'IHDR') return false;
    if (name === 'IEND') return pixels;
    first = false;
    pixels ||= name === 'IDAT';
    offset = end + 4;
  }
  return false;
}
