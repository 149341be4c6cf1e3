import { type AssetStore, StoryTreeError } from '@story-tree/domain';
import type { FileAnswer, GeneratedFiles } from '../../services/index.ts';
import { errorReply } from '../http/errorReply.ts';
import { notFound } from '../http/target.ts';
import { type OpenMedia, openMedia } from './locateFile.ts';
import type { Thumbnails } from './thumbnails.ts';

/**
 * A regenerated picture has the address of the old one, so browsers have to ask; and nothing in between may compress
 * ranges.
 */
const KEEP = 'private, no-cache, no-transform';

export function createGeneratedFiles(assets: AssetStore, thumbnails: Thumbnails): GeneratedFiles {
  return {
    async answer(segments, headers) {
      const file = await openOr404(assets, segments);
      const answer = answerFor(file, headers);
      if (!(answer.body instanceof ReadableStream)) await file.close();
      return answer;
    },

    async thumbnail(segments, width, headers) {
      await using file = await openOr404(assets, segments);
      return await thumbnailFor(file, { width, headers, thumbnails, name: segments.join('/') });
    },
  };
}

async function openOr404(assets: AssetStore, segments: readonly string[]): Promise<OpenMedia> {
  const file = await openMedia(assets, segments);
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

async function thumbnailFor(file: OpenMedia, { width, headers, thumbnails, name }: ThumbnailRequest) {
  if (!file.contentType.startsWith('image/'))
    throw new StoryTreeError('bad_request', 'Only pictures are available in other widths: leave the width out.');
  const etag = file.etag.replace(/"$/, `-${width}"`);
  const common = { etag, 'last-modified': new Date(file.modified).toUTCString(), 'cache-control': KEEP };
  if (isUnchanged({ etag, modified: file.modified }, headers)) {
    return { status: 304, headers: common, body: null } as const;
  }
  const bytes = await thumbnails.of(`${name} ${file.etag}`, width, () => file.bytes());
  return {
    status: 200,
    headers: { ...common, 'content-type': 'image/webp', 'content-length': String(bytes.length) },
    body: new Blob([new Uint8Array(bytes)]).stream(),
  } as const;
}

function answerFor(file: OpenMedia, headers: Headers): FileAnswer {
  const { size } = file;
  const common = {
    etag: file.etag,
    'last-modified': new Date(file.modified).toUTCString(),
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
    body: file.stream({ start, end }),
  };
}

function beyondEnd(size: number): StoryTreeError {
  return new StoryTreeError('bad_request', `The requested range is outside the file, which has ${size} bytes.`);
}

/** An entity tag, where given, takes precedence over a time. */
function isUnchanged({ etag, modified }: Pick<OpenMedia, 'etag' | 'modified'>, headers: Headers): boolean {
  const tags = headers.get('if-none-match');
  if (tags !== null) return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return Math.floor(modified / 1000) * 1000 <= since;
}

/** A part of another version of the file would be worse than the whole of this one. */
function mayBePart({ etag, modified }: OpenMedia, headers: Headers): boolean {
  const condition = headers.get('if-range');
  return condition === null || condition === etag || condition === new Date(modified).toUTCString();
}

/** A part of a file: both ends belong to it. */
interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header.
 * @returns `whole` where there is no header or one that may be ignored (other units, several ranges), `none` when the
 * file has nothing in that range
 */
function readRange(header: string | null, size: number): ByteRange | 'whole' | 'none' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') return suffix(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start < size ? { start, end } : 'none';
}

function suffix(length: number, size: number): ByteRange | 'none' {
  if (length === 0 || size === 0) return 'none';
  return { start: Math.max(0, size - length), end: size - 1 };
}
