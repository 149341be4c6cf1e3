import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { shrinkPicture } from './shrinkPicture.ts';

function picture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#1e5c48' } })
    .png()
    .toBuffer();
}

describe('a smaller picture', () => {
  test('has the requested width, and keeps its shape', async () => {
    const { format, width, height } = await sharp(await shrinkPicture(await picture(1376, 768), 320)).metadata();
    expect({ format, width, height }).toEqual({ format: 'webp', width: 320, height: 179 });
  });

  test('is never larger than the original', async () => {
    expect((await sharp(await shrinkPicture(await picture(100, 60), 320)).metadata()).width).toBe(100);
  });

  test('is not made from something else, or from part of a picture', async () => {
    const whole = await picture(400, 300);
    for (const bytes of [Buffer.from('no picture'), Buffer.alloc(0), whole.subarray(0, whole.length - 40)]) {
      await expect(shrinkPicture(bytes, 320)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('is not made from one that claims to be immense', async () => {
    const immense = Buffer.from(await picture(10, 10));
    immense.writeUInt32BE(60_000, 16);
    immense.writeUInt32BE(60_000, 20);
    await expect(shrinkPicture(immense, 320)).rejects.toMatchObject({ code: 'not_found' });
  });
});
