import { createHash } from 'node:crypto';
import type { ModelRequest, ReferenceImage } from './ports.ts';

/** Texts of at least this many characters are stored once and referred to by their hash. */
const STORED_APART_FROM = 2_000;

export interface CanonicalRequest {
  /** SHA-256 of everything that identifies the request. */
  hash: string;
  /** The request for the journal: bytes and long texts replaced by `{sha256}`. */
  request: unknown;
  /** The long texts by hash. */
  texts: ReadonlyMap<string, string>;
  /** The request for people who want to see all of it: texts in full, bytes still replaced. */
  readable: unknown;
}

/**
 * A request in the form that the journal stores and compares. Equal requests give equal hashes in every process; the task,
 * which only labels a request, is not part of it, the model is.
 */
export function canonicalize(request: ModelRequest, model: string): CanonicalRequest {
  const texts = new Map<string, string>();
  const stored = (text: string): unknown => {
    if (text.length < STORED_APART_FROM) return text;
    const hash = sha256(text);
    texts.set(hash, text);
    return { sha256: hash };
  };
  const images = request.kind === 'image' ? request.references.map(imageDigest) : [];
  const body = { model, kind: request.kind, ...withoutBytes(request, images, stored) };
  const readable = { model, kind: request.kind, ...withoutBytes(request, images, (text) => text) };
  return { hash: sha256(JSON.stringify(body)), request: body, texts, readable };
}

function withoutBytes(request: ModelRequest, images: readonly object[], stored: (text: string) => unknown): object {
  switch (request.kind) {
    case 'text': {
      const prefix = request.sharedPrefix ?? '';
      const turns = request.turns.map(({ role, text }, index) => ({
        role,
        text: index === 0 && prefix !== '' ? [stored(prefix), stored(text.slice(prefix.length))] : stored(text),
      }));
      return { system: stored(request.system), turns, schema: stored(JSON.stringify(request.schema)) };
    }
    case 'image': {
      const { system, prompt, aspectRatio } = request;
      return { system: stored(system), prompt: stored(prompt), aspectRatio, references: images };
    }
    case 'speech':
      return { prompt: stored(request.prompt), speakers: request.speakers };
    default:
      return request satisfies never;
  }
}

function imageDigest({ caption, mimeType, bytes }: ReferenceImage): object {
  return { caption, mimeType, sha256: sha256(bytes) };
}

/** The hash of a long text that many requests share is computed once. */
const recentHashes = new Map<string, string>();
const RECENT_HASHES = 32;

function sha256(data: string | Uint8Array): string {
  const known = typeof data === 'string' ? recentHashes.get(data) : undefined;
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(data).digest('hex');
  if (typeof data === 'string' && data.length >= STORED_APART_FROM) {
    if (recentHashes.size >= RECENT_HASHES) recentHashes.delete(recentHashes.keys().next().value as string);
    recentHashes.set(data, hash);
  }
  return hash;
}
