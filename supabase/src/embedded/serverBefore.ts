import { readFile } from 'node:fs/promises';
import { StoryTreeError } from '@story-tree/domain';
import { type Cluster, clusterFiles } from './cluster.ts';
import { readSmallFile } from './files.ts';

/**
 * A setting without effect by which PostgreSQL itself notes, in `postmaster.opts`, that a server holds the server lock.
 * Servers of earlier releases did not, so that the lock being free says nothing about them.
 */
export const STARTED_WITH_LOCK = { 'story_tree.server_lock': 'held' } as const;

/**
 * Refuses to go on where an earlier release's server may still be at work in another container: its pid file is there, it
 * held no lock, and this machine has not been started again since. The caller has seen that it is not among the processes
 * here.
 *
 * @throws StoryTreeError `database_unavailable`.
 */
export async function refuseOldServer(cluster: Pick<Cluster, 'directory'>): Promise<void> {
  const { data } = clusterFiles(cluster);
  const pidFile = `${data}/postmaster.pid`;
  if (process.platform !== 'linux') return;
  const [noted, options] = await Promise.all([readIfPlain(pidFile), readIfPlain(`${data}/postmaster.opts`)]);
  const startedAt = Number(noted.split('\n')[2]);
  // An empty file is what a full disk or a crash of the machine leaves; a server fills it before it does anything else.
  if (!(startedAt > 0) || options.includes(Object.keys(STARTED_WITH_LOCK).join()) || startedAt < (await bootTime())) {
    return;
  }
  throw new StoryTreeError(
    'database_unavailable',
    `An earlier version of Story Tree may still be using the database in ${cluster.directory} from another container: stop it there; if there is none, remove ${pidFile} and try again.`,
  );
}

async function readIfPlain(file: string): Promise<string> {
  return (await readSmallFile(file).catch(() => undefined))?.text ?? '';
}

/** In seconds since 1970, as is the time in a pid file. */
async function bootTime(): Promise<number> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => '');
  return Number(/^btime (\d+)$/m.exec(stat)?.[1] ?? 0);
}
