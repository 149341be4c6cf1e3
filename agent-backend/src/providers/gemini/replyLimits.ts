import { keepsBounds } from '../../models/jsonBounds.ts';
import type { ModelKind } from '../../models/ports.ts';

/**
 * Bytes of one reply, counted as they arrive, after decompression.
 * - Text: 65,536 tokens at most, each of which may come as an event of its own with a hundred bytes around it.
 * - Image: a picture of the 4K class as PNG takes up to 30 MB, base64 a third more; a draft may come before it.
 * - Speech: eleven minutes at most (16,384 tokens) of 48,000 bytes a second are 32 MB, base64 a third more.
 */
export const MOST_BYTES: Readonly<Record<ModelKind, number>> = {
  text: 8 * 1024 * 1024,
  image: 64 * 1024 * 1024,
  speech: 64 * 1024 * 1024,
};

/** Bytes of a refusal that are read; what is of use stands in the first few hundred. */
export const MOST_REFUSAL_BYTES = 64 * 1024;

/** Events of one stream: as many as a text model writes tokens. */
export const MOST_EVENTS = 65_536;

/** Parts of one reply, neighbouring texts counted as one; the service sends a handful. */
export const MOST_PARTS = 1_000;

/** The service's own documents nest eight deep, and list the tokens of a few modalities. */
const BOUNDS = { depth: 32, values: 20_000 };

/** A reply of a size or form that no service sends. Nothing of it was kept. */
export class ExcessiveReply extends Error {
  constructor(what: string) {
    super(`The reply has too many ${what}.`);
    this.name = 'ExcessiveReply';
  }
}

/** @throws ExcessiveReply for a document that would take far more memory than its text, or nests without end */
export function requireBounds(json: string): void {
  if (!keepsBounds(json, BOUNDS)) throw new ExcessiveReply('values');
}
