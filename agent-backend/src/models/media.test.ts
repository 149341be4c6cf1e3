import { StoryTreeError } from '@story-tree/domain';
import { oddWav, plainWebp, pngChunk, pngOf } from '@story-tree/testkit/gemini/hostileMedia.ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { toPng, toWav, wavDuration } from './media.ts';

const PCM = 'audio/L16;codec=pcm;rate=24000';

function picture() {
  return sharp({ create: { width: 16, height: 9, channels: 3, background: '#336699' } });
}

/** A RIFF file with an extra chunk before the sound, as some encoders write them. */
function riff(samples: Uint8Array, options: { format?: number; dataBytes?: number; rate?: number } = {}): Uint8Array {
  const rate = options.rate ?? 8_000;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(options.format ?? 1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const chunk = (name: string, body: Uint8Array, size = body.length) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('LIST', Buffer.from('abc')),
    chunk('fmt ', format),
    chunk('data', samples, options.dataBytes),
  ]);
  return chunk('RIFF', body);
}

describe('toPng refuses', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('not an image')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a bare PNG signature', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a JPEG of nothing', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])],
  ])('%s', async (_name, bytes) => {
    await expect(toPng(bytes)).rejects.toMatchObject({ name: 'StoryTreeError', code: 'model_reply_invalid' });
  });

  const animated = Buffer.from(pngOf(1, 1, Buffer.alloc(2)));
  const afterHeader = 8 + 25;

  it.each([
    ['a WebP of 16,000 × 16,000 in 28 bytes', plainWebp(16_000, 16_000)],
    ['a WebP with one side too long', plainWebp(9_000, 1)],
    ['a PNG whose header claims 30,000 × 30,000', pngOf(30_000, 30_000, Buffer.alloc(2))],
    ['a PNG with one side too long', pngOf(8_193, 1, Buffer.alloc(8_194))],
    ['a PNG of no width', pngOf(0, 1, Buffer.alloc(1))],
    ['a PNG that inflates to far more than its pixels', pngOf(1, 1, Buffer.alloc(50_000_000))],
    ['a PNG that inflates to less', pngOf(64, 64, Buffer.alloc(100))],
    [
      'a PNG that moves',
      Buffer.concat([
        animated.subarray(0, afterHeader),
        pngChunk('acTL', Buffer.alloc(8)),
        animated.subarray(afterHeader),
      ]),
    ],
  ])('%s', async (_name, bytes) => {
    await expect(toPng(bytes)).rejects.toMatchObject({ code: 'model_reply_invalid' });
  });

  it('a PNG that was cut off or damaged', async () => {
    const whole = await picture().png().toBuffer();
    await expect(toPng(whole.subarray(0, -6))).rejects.toBeInstanceOf(StoryTreeError);
    const damaged = Buffer.from(whole);
    const middle = damaged.length - 20;
    damaged.writeUInt8(damaged.readUInt8(middle) ^ 0xff, middle);
    await expect(toPng(damaged)).rejects.toBeInstanceOf(StoryTreeError);
  });

  it('a JPEG that was cut off', async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 256));
    const jpeg = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    await expect(toPng(jpeg.subarray(0, jpeg.length / 2))).rejects.toBeInstanceOf(StoryTreeError);
  });
});

describe('toPng', () => {
  it('keeps a PNG byte for byte', async () => {
    const png = await picture().png().toBuffer();
    expect(await toPng(png)).toBe(png);
  });

  it.each([
    ['of one pixel', pngOf(1, 1, Buffer.alloc(2))],
    ['of the longest side', pngOf(8_192, 2, Buffer.alloc(2 * 8_193))],
  ])('keeps a plain PNG %s', async (_name, png) => {
    expect(await toPng(png)).toBe(png);
  });

  it.each([
    ['interlaced', { progressive: true }],
    ['of a palette', { palette: true, colours: 4 }],
  ])('keeps a PNG that is %s', async (_name, options) => {
    const png = await picture().png(options).toBuffer();
    expect(await toPng(png)).toBe(png);
  });

  it('transcodes a WebP whose pixels take no bits', async () => {
    expect(await sharp(await toPng(plainWebp(16, 9))).metadata()).toMatchObject({ width: 16, height: 9 });
  });

  it('turns a JPEG as its camera was held', async () => {
    const jpeg = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await sharp(await toPng(jpeg)).metadata()).toMatchObject({ width: 9, height: 16 });
  });

  it.each(['jpeg', 'webp', 'gif', 'avif'] as const)('transcodes %s', async (format) => {
    const other = await picture().toFormat(format).toBuffer();
    const metadata = await sharp(await toPng(other)).metadata();
    expect(metadata).toMatchObject({ format: 'png', width: 16, height: 9 });
  });
});

describe('toWav refuses', () => {
  it.each([
    ['no samples', new Uint8Array(0), PCM],
    ['half a sample', new Uint8Array(1), PCM],
    ['MP3', Buffer.from('ID3\x04abcdef'), 'audio/mpeg'],
    ['raw samples called WAV', new Uint8Array(100), 'audio/wav'],
    ['no name at all', new Uint8Array(100), ''],
    ['an impossible rate', new Uint8Array(100), 'audio/L16;rate=0'],
    ['a RIFF file without sound', riff(new Uint8Array(0)), 'audio/wav'],
    ['a RIFF file that ends early', riff(new Uint8Array(8)).subarray(0, 30), 'audio/wav'],
    ['thousands of chunks before the sound', oddWav({ chunks: 5_000 }), 'audio/wav'],
    ['a header that contradicts itself', oddWav({ bytesPerSecond: 1 }), 'audio/wav'],
    ['a WAV file of an hour', oddWav({ seconds: 3_600 }), 'audio/wav'],
    ['samples of an hour', new Uint8Array(3_600 * 8_000), 'audio/L16;rate=4000'],
    ['a compressed RIFF file', riff(new Uint8Array(8), { format: 0x55 }), 'audio/wav'],
  ])('%s', (_name, bytes, mimeType) => {
    expect(() => toWav(bytes, mimeType)).toThrow(expect.objectContaining({ code: 'model_reply_invalid' }));
  });
});

describe('toWav', () => {
  it('puts a header of 44 bytes in front of samples', () => {
    const samples = Uint8Array.from({ length: 4_800 }, (_, index) => index % 251);
    const wav = Buffer.from(toWav(samples, PCM));
    expect(wav.length).toBe(44 + 4_800);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect(wav.readUInt16LE(22)).toBe(1);
    expect(wav.readUInt32LE(24)).toBe(24_000);
    expect(wav.readUInt32LE(28)).toBe(48_000);
    expect(wav.readUInt16LE(34)).toBe(16);
    expect(wav.readUInt32LE(40)).toBe(4_800);
    expect(wav.subarray(44).equals(samples)).toBe(true);
    expect(wavDuration(wav)).toBeCloseTo(0.1);
  });

  it('reads the rate, and takes 24 kHz where there is none', () => {
    expect(Buffer.from(toWav(new Uint8Array(4), 'audio/l16; rate=16000')).readUInt32LE(24)).toBe(16_000);
    expect(Buffer.from(toWav(new Uint8Array(4), 'audio/pcm')).readUInt32LE(24)).toBe(24_000);
    expect(wavDuration(toWav(new Uint8Array(64_000), 'audio/L16;rate=16000;channels=2'))).toBeCloseTo(1);
  });

  it('leaves half a sample out', () => {
    expect(toWav(new Uint8Array(101), PCM).length).toBe(44 + 100);
  });

  it('keeps a WAV file byte for byte, whatever its name', () => {
    const wav = riff(new Uint8Array(800));
    expect(toWav(wav, 'audio/wav')).toBe(wav);
    expect(toWav(wav, PCM)).toBe(wav);
    expect(wavDuration(wav)).toBeCloseTo(0.05);
  });

  it.each([0, 0xffffffff, 10_000])('puts a length of %i right', (dataBytes) => {
    const repaired = toWav(riff(new Uint8Array(800), { dataBytes }), 'audio/wav');
    expect(wavDuration(repaired)).toBeCloseTo(0.05);
    expect(Buffer.from(repaired).readUInt32LE(4)).toBe(repaired.length - 8);
    expect(toWav(repaired, 'audio/wav')).toBe(repaired);
  });
});

describe('wavDuration', () => {
  it('refuses what is no WAV file', () => {
    expect(() => wavDuration(Buffer.from('ID3'))).toThrow(StoryTreeError);
  });
});
