import { StoryTreeError } from '@story-tree/domain';
import { fitsPicture, MAX_PIXELS } from './pictureLimits.ts';
import { hasPngSignature, isWholePng } from './png.ts';
import { isRiff, readLayout, type WavLayout, wrapPcm } from './wav.ts';

/** What Gemini's speech models use when their reply does not name a rate. */
const DEFAULT_SAMPLE_RATE = 24_000;

/** Sample rates that are plausible; any other means a faulty reply. */
const SAMPLE_RATES = { least: 4_000, most: 192_000 };

/** Speech models write at most 16,384 tokens, 25 of which are a second: eleven minutes. */
const MAX_SOUND_SECONDS = 1_200;

/** Transcoding a picture takes far less, even the largest. */
const TRANSCODE_TIMEOUT = { seconds: 60 };

/** MIME types of raw samples. L16 is big-endian by its RFC; Gemini's is little-endian all the same. */
const RAW_AUDIO = /^audio\/(l16|pcm|x-pcm|raw)$/;

/** The image formats accepted besides PNG, by the bytes that such files begin with. */
const IMAGE_SIGNATURES: readonly { at: number; text: string }[] = [
  { at: 0, text: '\xff\xd8\xff' },
  { at: 8, text: 'WEBP' },
  { at: 0, text: 'GIF8' },
  { at: 4, text: 'ftypavif' },
];

/**
 * The image as a PNG file: a PNG unchanged, other formats with their first frame transcoded losslessly. No pixel is decoded
 * before the dimensions in the header are known to be within the limits.
 * @throws StoryTreeError `model_reply_invalid` for anything that is not a complete image of a plausible size
 */
export async function toPng(bytes: Uint8Array): Promise<Uint8Array> {
  if (hasPngSignature(bytes)) {
    if (await isWholePng(bytes)) return bytes;
    throw brokenImage();
  }
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (!IMAGE_SIGNATURES.some(({ at, text }) => head.startsWith(text, at))) throw brokenImage();
  // Loaded only when needed: pictures that are PNG files already are never transcoded.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { failOn: 'warning', limitInputPixels: MAX_PIXELS });
    const { width, height } = await image.metadata();
    if (fitsPicture(width, height)) return await image.autoOrient().png().timeout(TRANSCODE_TIMEOUT).toBuffer();
  } catch (cause) {
    throw brokenImage(cause);
  }
  throw brokenImage();
}

/**
 * The sound as a WAV file: a WAV file unchanged (except that lengths which a stream left open in its header are filled in),
 * raw 16-bit little-endian samples with a header in front.
 * @throws StoryTreeError `model_reply_invalid` for an empty or implausible recording and for other formats
 */
export function toWav(bytes: Uint8Array, mimeType: string): Uint8Array {
  if (isRiff(bytes)) return fixWavLengths(bytes);
  const [type = '', ...parameters] = mimeType.toLowerCase().split(';');
  if (!RAW_AUDIO.test(type.trim())) {
    throw new StoryTreeError('model_reply_invalid', 'The speech model sent audio that is neither WAV nor PCM.');
  }
  const rate = readParameter(parameters, 'rate') ?? DEFAULT_SAMPLE_RATE;
  const channels = readParameter(parameters, 'channels') ?? 1;
  if (rate < SAMPLE_RATES.least || rate > SAMPLE_RATES.most || channels < 1 || channels > 2) {
    throw new StoryTreeError(
      'model_reply_invalid',
      'The speech model sent audio with an implausible sample rate or channel count.',
    );
  }
  const whole = bytes.length - (bytes.length % (channels * 2));
  if (whole === 0) throw noSound();
  if (whole / (channels * 2) / rate > MAX_SOUND_SECONDS) throw excessiveSound();
  return wrapPcm(bytes.subarray(0, whole), rate, channels);
}

/**
 * How long a WAV file plays, in seconds.
 * @throws StoryTreeError `model_reply_invalid` if it is not a WAV file
 */
export function wavDuration(bytes: Uint8Array): number {
  const { dataOffset, dataBytes, bytesPerSecond } = readLayout(bytes);
  return Math.min(dataBytes, bytes.length - dataOffset) / bytesPerSecond;
}

/** A header written before the length was known says 0, the largest number, or too much. */
function fixWavLengths(bytes: Uint8Array): Uint8Array {
  const layout = readLayout(bytes);
  const { dataOffset, dataBytes, blockAlign } = layout;
  requirePlausible(layout);
  const there = bytes.length - dataOffset;
  if (Math.min(there, dataBytes || there) / layout.bytesPerSecond > MAX_SOUND_SECONDS) throw excessiveSound();
  if (dataBytes > 0 && dataBytes <= there) return bytes;
  const whole = there - (there % blockAlign);
  if (whole === 0) throw noSound();
  const fixed = Buffer.from(bytes.subarray(0, dataOffset + whole));
  fixed.writeUInt32LE(fixed.length - 8, 4);
  fixed.writeUInt32LE(whole, dataOffset - 4);
  return fixed;
}

/** With a header whose numbers contradict each other, a sound could play at any speed and last any time. */
function requirePlausible({ rate, channels, bitsPerSample, blockAlign, bytesPerSecond }: WavLayout): void {
  const agrees = blockAlign === channels * Math.ceil(bitsPerSample / 8) && bytesPerSecond === rate * blockAlign;
  if (!agrees || channels < 1 || channels > 2 || rate < SAMPLE_RATES.least || rate > SAMPLE_RATES.most) {
    throw new StoryTreeError('model_reply_invalid', 'The speech model sent audio whose header contradicts itself.');
  }
}

function readParameter(parameters: readonly string[], name: string): number | undefined {
  for (const parameter of parameters) {
    const [key, value] = parameter.split('=');
    if (key?.trim() === name && /^\d+$/.test(value?.trim() ?? '')) return Number(value);
  }
  return undefined;
}

function brokenImage(cause?: unknown): StoryTreeError {
  const message = 'The image model sent something that is not a complete image of a plausible size.';
  return new StoryTreeError('model_reply_invalid', message, { cause });
}

function noSound(): StoryTreeError {
  return new StoryTreeError('model_reply_invalid', 'The speech model sent an empty recording.');
}

function excessiveSound(): StoryTreeError {
  return new StoryTreeError('model_reply_invalid', 'The speech model sent a recording that is too long.');
}
