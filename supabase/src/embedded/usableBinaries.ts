import { StoryTreeError } from '@story-tree/domain';
import { type Binaries, packagedBinaries, program } from './binaries.ts';
import { type Cluster, checkoutFolder } from './cluster.ts';
import { systemDirectory } from './places.ts';
import { makePublicDirectory, shareBinaries } from './sharedBinaries.ts';
import { runAs } from './systemUser.ts';

/** initdb hands its own path to a shell, inside double quotes. */
const UNQUOTABLE = /["$`\\]/;

/**
 * The programs that a cluster's user may run: the installed ones, or for root a copy of them that is open to everybody.
 * They do run, so that a missing library is not mistaken for a failed start.
 *
 * @throws StoryTreeError `database_unavailable` where they do not.
 */
export async function usableBinaries({ user }: Pick<Cluster, 'user'>): Promise<Binaries> {
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
async function tryOut(user: Cluster['user'], binaries: Binaries): Promise<StoryTreeError | undefined> {
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
