import path from 'node:path';
import { Readable } from 'node:stream';
import { StoryTreeError } from '@story-tree/domain';
import { errorReply } from '../http/errorReply.ts';
import { notFound } from '../http/target.ts';
import { type ByteRange, readRange } from './byteRange.ts';
import { type OpenFile, openFileWithin } from './locateFile.ts';
import type { Thumbnails } from './thumbnails.ts';

/** A picture made anew has the address of the old one, so browsers ask; and nothing in between may pack ranges. */
const KEEP = 'private, no-cache, no-transform';

/** An answer in the making, for whoever makes responses. */
export interface FileAnswer {
  status: 200 | 206 | 304 | 416;
  headers: Readonly<Record<string, string>>;
  body: ReadableStream<Uint8Array> | string | null;
}

/** The pictures and sounds of stories, as they lie in the store right now. */
export interface GeneratedFiles {
  /**
   * @param segments the decoded path below `generated/`
   * @param headers of the request: ranges and conditions
   * @throws StoryTreeError `not_found`
   */
  answer(segments: readonly string[], headers: Headers): Promise<FileAnswer>;
  /**
   * A picture made smaller.
   * @param width in pixels
   * @throws StoryTreeError `not_found`, also for a picture that is broken; `bad_request` for what is no picture
   */
  thumbnail(segments: readonly string[], width: number, headers: Headers): Promise<FileAnswer>;
}

/** @param assets the folder in which `generated/` lies */
export function createGeneratedFiles(assets: string, thumbnails: Thumbnails): GeneratedFiles {
  const root = path.join(assets, 'generated');
  return {
    async answer(segments, headers) {
      const file = await openOr404(root, segments);
      const answer = answerFor(file, headers);
      if (!(answer.body instanceof ReadableStream)) await file.handle.close();
      return answer;
    },

    async thumbnail(segments, width, headers) {
      const file = await openOr404(root, segments);
      try {
        return await thumbnailFor(file, { width, headers, thumbnails, name: segments.join('/') });
      } finally {
        await file.handle.close();
      }
    },
  };
}

async function openOr404(root: string, segments: readonly string[]): Promise<OpenFile> {
  const file = await openFileWithin(root, segments);
  if (file === null) throw notFound();
  return file;
}

interface ThumbnailRequest {
  width: number;
  headers: Headers;
  thumbnails: Thumbnails;
  /** Of the file, below the root. */
  name: string;
}

async function thumbnailFor(file: OpenFile, { width, headers, thumbnails, name }: ThumbnailRequest) {
  if (!file.contentType.startsWith('image/'))
    throw new StoryTreeError('bad_request', 'Only pictures come in other widths: leave the width out.');
  const etag = file.etag.replace(/"$/, `-${width}"`);
  const common = { etag, 'last-modified': file.modified.toUTCString(), 'cache-control': KEEP };
  if (isUnchanged({ etag, modified: file.modified }, headers)) {
    return { status: 304, headers: common, body: null } as const;
  }
  const bytes = await thumbnails.of(`${name} ${file.etag}`, width, () => file.handle.readFile());
  return {
    status: 200,
    headers: { ...common, 'content-type': 'image/webp', 'content-length': String(bytes.length) },
    body: new Blob([new Uint8Array(bytes)]).stream(),
  } as const;
}

function answerFor(file: OpenFile, headers: Headers): FileAnswer {
  const { size } = file;
  const common = {
    etag: file.etag,
    'last-modified': file.modified.toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': KEEP,
  };
  if (isUnchanged(file, headers)) return { status: 304, headers: common, body: null };

  const range = mayBePart(file, headers) ? readRange(headers.get('range'), size) : 'whole';
  if (range === 'none') {
    return {
      status: 416,
      headers: { ...common, 'content-range': `bytes */${size}`, 'content-type': 'application/json' },
      body: JSON.stringify(errorReply(beyondEnd(size)).body),
    };
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  return {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...common,
      'content-type': file.contentType,
      'content-length': String(end - start + 1),
      ...(range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
    },
    body: bytesOf(file, { start, end }),
  };
}

function beyondEnd(size: number): StoryTreeError {
  return new StoryTreeError('bad_request', `The file has ${size} bytes, and none of those that were asked for.`);
}

/** An entity tag, where one is given, says more than a time. */
function isUnchanged({ etag, modified }: Pick<OpenFile, 'etag' | 'modified'>, headers: Headers): boolean {
  const tags = headers.get('if-none-match');
  if (tags !== null) return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return Math.floor(modified.getTime() / 1000) * 1000 <= since;
}

/** A part of another version of the file would be worse than all of this one. */
function mayBePart({ etag, modified }: OpenFile, headers: Headers): boolean {
  const condition = headers.get('if-range');
  return condition === null || condition === etag || condition === modified.toUTCString();
}

/** Closes the file when it is read, or nobody reads on. */
function bytesOf({ handle, size }: OpenFile, range: ByteRange): ReadableStream<Uint8Array> {
  const stream = handle.createReadStream(size === 0 ? {} : range);
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
