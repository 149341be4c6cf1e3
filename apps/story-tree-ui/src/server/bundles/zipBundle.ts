import type { BundleFiles } from '@story-tree/agent-backend';
import { type AssetStore, StoryTreeError } from '@story-tree/domain';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** The limits of a plain zip's headers, with a little room for the headers themselves. */
const MOST_BYTES = 4_200_000_000;
const MOST_FILES = 65_000;

/** @throws StoryTreeError `bundle_invalid` when a bundle is more than a zip can hold */
export function requireFitsZip({ own, assets }: BundleFiles): void {
  const bytes = assets.reduce((sum, { facts }) => sum + facts.size, 0);
  if (bytes <= MOST_BYTES && own.length + assets.length <= MOST_FILES) return;
  throw new StoryTreeError(
    'bundle_invalid',
    'The story is larger than one zip can hold: build its player bundle and copy the folder from the server instead.',
  );
}

/**
 * A bundle as a zip, made as it is read, straight from the store. Pictures and sounds are packed as they are: they
 * would hardly get smaller. Each is taken only as it was when the bundle was put together, so that no zip mixes two
 * states of a story.
 * @param root the folder that everything lies in within the zip
 * @throws StoryTreeError `interrupted` when the story changes meanwhile
 */
export async function* zipBundle(
  { own, assets: bundled }: BundleFiles,
  assets: AssetStore,
  root: string,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  // Removed from the list, so that a long download does not retain them.
  for (let file = own.shift(); file !== undefined; file = own.shift()) {
    const entry = new ZipDeflate(`${root}/${file[0]}`);
    zip.add(entry);
    entry.push(Buffer.from(file[1]), true);
    yield* ready.splice(0);
  }
  for (const { name, storePath, facts } of bundled) {
    await using file = await assets.open(storePath);
    if (file?.size !== facts.size || file.modified !== facts.modified) throw changed();
    const entry = new ZipPassThrough(`${root}/${name}`);
    zip.add(entry);
    for await (const chunk of file.stream()) {
      entry.push(chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function changed(): StoryTreeError {
  return new StoryTreeError('interrupted', 'The story changed during the download: download it again.');
}
