import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stack } from './stack.ts';

/** The files of a story and of its bundle, each with a hash of its content, ignoring times and the story's id. */
export type Snapshot = ReadonlyMap<string, string>;

export async function takeSnapshot(
  { assets, output }: Pick<Stack, 'assets' | 'output'>,
  storyId: string,
): Promise<Snapshot> {
  const files = await hashFiles(path.join(assets, 'generated', storyId), storyId);
  const bundle = await hashFiles(path.join(output, storyId), storyId);
  return new Map([...prefixed('files', files), ...prefixed('bundle', bundle)]);
}

/** What is missing, unexpected or different. */
export function compareSnapshots(snapshot: Snapshot, wanted: Snapshot): string[] {
  const names = [...new Set([...wanted.keys(), ...snapshot.keys()])].sort();
  return names.flatMap((name) => {
    if (snapshot.get(name) === wanted.get(name)) return [];
    if (!snapshot.has(name)) return [`${name} is missing`];
    return [wanted.has(name) ? `${name} differs` : `${name} is unexpected`];
  });
}

/** The files below a folder, relative to it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}

async function hashFiles(folder: string, storyId: string): Promise<[string, string][]> {
  const names = await filesBelow(folder).catch(() => []);
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const bytes = await readFile(path.join(folder, name));
      return [name, hash(isText(name) ? timeless(bytes.toString('utf8'), storyId) : bytes)];
    }),
  );
}

const isText = (name: string) => /\.js(on)?$/.test(name);

/** Takes out what differs between equal stories; a bundle's fingerprint depends on the age of its files. */
function timeless(text: string, storyId: string): string {
  return text
    .replaceAll(storyId, 'STORY')
    .replace(/("exportedAt": ?)"[^"]*"/, '$1"TIME"')
    .replace(/("fingerprint": ?)"[^"]*"/, '$1"FINGERPRINT"');
}

export function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function prefixed(prefix: string, files: readonly [string, string][]): [string, string][] {
  return files.map(([name, content]) => [`${prefix}/${name}`, content]);
}
