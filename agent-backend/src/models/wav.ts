import { StoryTreeError } from '@story-tree/domain';

const HEADER_BYTES = 44;
const BITS_PER_SAMPLE = 16;

/** WAVE_FORMAT_PCM, WAVE_FORMAT_IEEE_FLOAT and WAVE_FORMAT_EXTENSIBLE: what browsers play. */
const PLAYABLE_FORMATS = new Set([1, 3, 0xfffe]);

/** Chunks before the sound; encoders write two or three. */
const MAX_CHUNKS = 100;

/** How a sound is sampled, according to its header. */
interface WavFormat {
  rate: number;
  channels: number;
  bitsPerSample: number;
  bytesPerSecond: number;
  /** Size of one sample of all channels. */
  blockAlign: number;
}

/** Where the sound is in a WAV file, and how fast it plays. */
export interface WavLayout extends WavFormat {
  dataOffset: number;
  /** According to the header; a stream's header may claim more than there is. */
  dataBytes: number;
}

/** Puts a header in front of 16-bit little-endian samples. */
export function wrapPcm(samples: Uint8Array, rate: number, channels: number): Uint8Array {
  const blockAlign = (channels * BITS_PER_SAMPLE) / 8;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * blockAlign, 28);
  header.writeUInt16LE(blockAlign, 32);
  header.writeUInt16LE(BITS_PER_SAMPLE, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** True for files that begin as WAV files do. */
export function isRiff(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return head.startsWith('RIFF') && head.endsWith('WAVE');
}

/**
 * Reads the chunks of a WAV file up to its sound.
 * @throws StoryTreeError `model_reply_invalid` when it is not a WAV file, or one that browsers cannot play
 */
export function readLayout(bytes: Uint8Array): WavLayout {
  if (!isRiff(bytes)) throw brokenWav();
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: WavFormat | undefined;
  let offset = 12;
  for (let chunk = 0; chunk < MAX_CHUNKS && offset + 8 <= view.length; chunk += 1) {
    const name = view.toString('latin1', offset, offset + 4);
    const size = view.readUInt32LE(offset + 4);
    const body = offset + 8;
    if (name === 'fmt ') format = readFormat(view.subarray(body, body + size));
    if (name === 'data' && format !== undefined) return { ...format, dataOffset: body, dataBytes: size };
    offset = body + size + (size % 2);
  }
  throw brokenWav();
}

function readFormat(chunk: Buffer): WavFormat {
  if (chunk.length < 16 || !PLAYABLE_FORMATS.has(chunk.readUInt16LE(0))) throw brokenWav();
  const bytesPerSecond = chunk.readUInt32LE(8);
  const blockAlign = chunk.readUInt16LE(12);
  if (bytesPerSecond === 0 || blockAlign === 0) throw brokenWav();
  return {
    channels: chunk.readUInt16LE(2),
    rate: chunk.readUInt32LE(4),
    bytesPerSecond,
    blockAlign,
    bitsPerSample: chunk.readUInt16LE(14),
  };
}

function brokenWav(): StoryTreeError {
  return new StoryTreeError('model_reply_invalid', 'The speech model sent audio that is not a playable WAV file.');
}
