import type { Blob, Part } from '@google/genai';
import type { MediaReply } from '../../models/ports.ts';

/** Bytes of a reply in the format that the model chose. */
export type Media = Omit<MediaReply, 'facts'>;

/** The inline data of a part if it is of the wanted type, as in "image/". */
export function inlineMedia(part: Part, type: 'image/' | 'audio/'): Media | undefined {
  const blob: Blob | undefined = part.inlineData;
  if (blob?.data === undefined || blob.mimeType?.startsWith(type) !== true) return undefined;
  const bytes = Buffer.from(blob.data, 'base64');
  return bytes.length === 0 ? undefined : { bytes, mimeType: blob.mimeType };
}
