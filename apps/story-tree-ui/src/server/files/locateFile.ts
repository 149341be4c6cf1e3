import path from 'node:path';
import type { AssetStore, OpenAsset } from '@story-tree/domain';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.m4a': 'audio/mp4',
  '.json': 'application/json',
};

/** A leading dot also marks files that are still being written. */
const SAFE_NAME = /^[^./\\\0][^/\\\0]*$/;

export interface OpenMedia extends OpenAsset {
  contentType: string;
  /** Changes whenever the file does. */
  etag: string;
}

/**
 * Opens a file of a story.
 * @param segments the decoded path below `generated/`
 * @returns null when there is no file of that name, or it is not media
 */
export async function openMedia(assets: AssetStore, segments: readonly string[]): Promise<OpenMedia | null> {
  const contentType = TYPES[path.extname(segments.at(-1) ?? '').toLowerCase()];
  if (contentType === undefined || !segments.every((segment) => SAFE_NAME.test(segment))) return null;
  const file = await assets.open(['generated', ...segments].join('/'));
  return file === null ? null : { ...file, contentType, etag: etagOf(file) };
}

function etagOf({ size, modified }: OpenAsset): string {
  return `"${size.toString(36)}-${Math.round(modified * 1_000).toString(36)}"`;
}
