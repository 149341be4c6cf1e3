import type { ModelKind } from '@story-tree/agent-backend';
import { wrapPcm } from '../../../agent-backend/src/models/wav.ts';
import { oddWav, plainWebp, pngOf } from './hostileMedia.ts';
import type { WirePart, WireReply } from './wire.ts';

/** A JPEG of 32 × 18 pixels: some image models send nothing else. */
const JPEG = Buffer.from(
  '/9j/2wBDABQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////2wBDARQUFBQVFBcZ' +
    'GRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////wgARCAASACADASIAAhEBAxEB/8QAFwABAQEB' +
    'AAAAAAAAAAAAAAAAAwACBf/EABcBAQADAAAAAAAAAAAAAAAAAAMBAgX/2gAMAwEAAhADEAAAAOZtEaxomzIUqNNEoy//xAAWEAEBAQAAAAAAAAAA' +
    'AAAAAAAAAQL/2gAIAQEAAT8AmUymUymUymUyiIj/xAAWEQEBAQAAAAAAAAAAAAAAAAAAAQL/2gAIAQIBAT8Aul0qv//EABYRAQEBAAAAAAAAAAAA' +
    'AAAAAAABA//aAAgBAwEBPwC4Lgqv/9k=',
  'base64',
);

/** Not an image, whatever its name says. */
const GARBAGE = Buffer.from('this is not an image at all, it only says so');

/** The first bytes of an MP3 file. */
const MP3 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64]);

interface ContentFault {
  kind: ModelKind;
  apply(reply: WireReply): WireReply;
}

/** Changes the parts of a reply. */
function onParts(kind: ModelKind, change: (parts: WirePart[]) => WirePart[]): ContentFault {
  return {
    kind,
    apply: (reply) => ({
      ...reply,
      candidates: (reply.candidates ?? []).map((candidate) => ({
        ...candidate,
        content: { ...candidate.content, parts: change(candidate.content?.parts ?? []) },
      })),
    }),
  };
}

function onText(change: (text: string) => string): ContentFault {
  return onParts('text', (parts) => parts.map((part) => ({ ...part, text: change(part.text ?? '') })));
}

/** Changes the document in a text reply. */
function onDocument(change: (document: Record<string, unknown>) => unknown): ContentFault {
  return onText((text) => JSON.stringify(change(JSON.parse(text))));
}

function onBytes(kind: ModelKind, change: (bytes: Buffer, mimeType: string) => [Uint8Array, string]): ContentFault {
  return onParts(kind, (parts) =>
    parts.map(({ inlineData }) => {
      const [bytes, mimeType] = change(Buffer.from(inlineData?.data ?? '', 'base64'), inlineData?.mimeType ?? '');
      return media(bytes, mimeType);
    }),
  );
}

function media(bytes: Uint8Array, mimeType: string, thought?: true): WirePart {
  const inlineData = { mimeType, data: Buffer.from(bytes).toString('base64') };
  return thought ? { inlineData, thought } : { inlineData };
}

/** Replaces every id by one that no document has. */
function withWrongIds(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => withWrongIds(inner, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withWrongIds(inner, name)]));
  }
  return typeof value === 'string' && /(_id|_ids|source)$/.test(key) ? 'nobody-knows-this-id' : value;
}

function withoutFirstProperty(document: Record<string, unknown>): unknown {
  return Object.fromEntries(Object.entries(document).slice(1));
}

/** Faults in the content of replies. */
export const CONTENT_FAULTS = {
  'cut-json': onText((text) => text.slice(0, Math.floor(text.length * 0.6))),
  'not-json': onText(() => 'I would rather talk about something else.'),
  'fenced-json': onText((text) => `\`\`\`json\n${text}\n\`\`\``),
  'prose-json': onText((text) => `Here is what you asked for:\n\n${text}\n\nEnjoy!`),
  'split-json': onParts('text', ([part]) => [
    { text: 'I think about it.', thought: true },
    { text: part?.text?.slice(0, 5) ?? '' },
    { text: part?.text?.slice(5) ?? '' },
  ]),
  'invalid-document': onDocument(withoutFirstProperty),
  'wrong-ids': onDocument((document) => withWrongIds(document)),
  'endless-text': onText((text) => `${text}${' and so on'.repeat(60_000)}`),
  'deep-json': onText((text) => `${text.slice(0, -1)},"more":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  'countless-values': onText((text) => `${text.slice(0, -1)},"more":[${'{},'.repeat(50_000)}{}]}`),
  jpeg: onBytes('image', () => [JPEG, 'image/jpeg']),
  'garbage-image': onBytes('image', () => [GARBAGE, 'image/png']),
  'cut-image': onBytes('image', (bytes) => [bytes.subarray(0, bytes.length / 2), 'image/png']),
  'empty-image': onBytes('image', () => [Buffer.alloc(0), 'image/png']),
  'vast-webp': onBytes('image', () => [plainWebp(16_000, 16_000), 'image/webp']),
  'vast-png': onBytes('image', () => [pngOf(30_000, 30_000, Buffer.alloc(9)), 'image/png']),
  'inflating-png': onBytes('image', () => [pngOf(1, 1, Buffer.alloc(4_000_000)), 'image/png']),
  'draft-images': onParts('image', (parts) => [
    { text: 'First a draft.', thought: true },
    media(GARBAGE, 'image/png', true),
    media(GARBAGE, 'image/png'),
    { text: 'Here you go!' },
    ...parts,
    media(GARBAGE, 'image/png', true),
  ]),
  'image-as-thought': onParts('image', (parts) => parts.map((part) => ({ ...part, thought: true }))),
  wav: onBytes('speech', (samples) => [wrapPcm(samples, 24_000, 1), 'audio/wav']),
  'odd-pcm': onBytes('speech', (samples, mimeType) => [Buffer.concat([samples, Buffer.of(7)]), mimeType]),
  'split-pcm': onParts('speech', ([part]) => {
    const { mimeType = '', data = '' } = part?.inlineData ?? {};
    const samples = Buffer.from(data, 'base64');
    return [media(samples.subarray(0, 100), mimeType), media(samples.subarray(100), mimeType)];
  }),
  'empty-audio': onBytes('speech', (_samples, mimeType) => [Buffer.alloc(0), mimeType]),
  'chunked-wav': onBytes('speech', () => [oddWav({ chunks: 5_000 }), 'audio/wav']),
  'lying-wav': onBytes('speech', () => [oddWav({ bytesPerSecond: 1 }), 'audio/wav']),
  mp3: onBytes('speech', () => [MP3, 'audio/mpeg']),
} satisfies Record<string, ContentFault>;
