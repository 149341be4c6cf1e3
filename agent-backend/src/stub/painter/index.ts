import sharp from 'sharp';
import type { ImageRequest } from '../../models/ports.ts';
import { hashText } from '../seed.ts';
/** temporary */
export async function paint(request: ImageRequest, detail: 'full' | 'sketch'): Promise<Uint8Array> {
  const h = hashText(request.prompt);
  const [width, height] = detail === 'full' ? [1280, 720] : [640, 360];
  return sharp({
    create: { width, height, channels: 3, background: { r: h & 255, g: (h >> 8) & 255, b: (h >> 16) & 255 } },
  })
    .png()
    .toBuffer();
}
