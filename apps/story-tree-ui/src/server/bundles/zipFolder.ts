import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** What the headers of a plain zip can count; a little is left for the headers themselves. */
const MOST_BYTES = 4_200_000_000;
const MOST_FILES = 65_000;

const TEXT = /\.(json|js|html)$/;

/** A folder's files, ready to be packed. */
export interface ZipSource {
  folder: string;
  /** Relative, with forward slashes. */
  names: readonly string[];
}

/**
 * Finds what is to be packed; files that begin with a dot stay behind.
 * @throws StoryTreeError `bundle_invalid` when it is more than a zip can hold
 */
export async function listForZip(folder: string): Promise<ZipSource> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const names = files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
  let bytes = 0;
  for (const name of names) bytes += (await stat(path.join(folder, name))).size;
  if (bytes > MOST_BYTES || names.length > MOST_FILES) throw tooMuch();
  return { folder, names: names.map((name) => name.replaceAll(path.sep, '/')).sort() };
}

/**
 * The zip, made as it is read. Pictures and sounds are packed as they are: they would hardly get smaller.
 * @param root the folder that everything lies in within the zip
 */
export async function* zipFolder({ folder, names }: ZipSource, root: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const name of names) {
    const entry = TEXT.test(name) ? new ZipDeflate(`${root}/${name}`) : new ZipPassThrough(`${root}/${name}`);
    zip.add(entry);
    for await (const chunk of createReadStream(path.join(folder, name))) {
      entry.push(chunk as Uint8Array);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function tooMuch(): StoryTreeError {
  return new StoryTreeError(
    'bundle_invalid',
    'The story is larger than one zip can hold: build its player bundle and copy the folder from the server instead.',
  );
}
