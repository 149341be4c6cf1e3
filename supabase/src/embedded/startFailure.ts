import { StoryTreeError } from '@story-tree/domain/errors';
import { type Cluster, clusterFiles } from './cluster.ts';
import { nameOf } from './systemUser.ts';

/** The way out of any damage; what is there stays as a backup. */
export const RESET =
  'run "npm run story-tree -- reset", which keeps what is there as a backup and begins with an empty one';

/** What PostgreSQL says to whoever asks while it starts or stops: never why it failed. */
const NO_REASON = /^the database system is |^terminating |^could not start server/;
/** Said of a file whose faults were told just before. */
const FAULTS_BEFORE = /contains errors$|^could not load /;
const LEVELS = /\b(FATAL|PANIC|ERROR|LOG|WARNING|DETAIL|HINT|CONTEXT|STATEMENT):\s+(\S.*)/;
/** What the programs themselves say before there is a log. */
const PROGRAM = /^(postgres|pg_ctl|initdb): (?:error: )?(.*)$/;

interface Entry {
  level: string;
  text: string;
}

/**
 * Why a server did not start, with what to do about it.
 * @param written what the server and `pg_ctl` have written meanwhile
 */
export async function startFailure(cluster: Cluster, written: string, cause?: unknown): Promise<StoryTreeError> {
  return failureFor('did not start', cluster, reasonIn(written), cause);
}

/** The same for a server that has started and refuses to serve. */
export async function serviceFailure(
  cluster: Cluster,
  { message, detail }: { message: string; detail?: string | undefined },
): Promise<StoryTreeError> {
  return failureFor('does not work', cluster, detail === undefined ? message : `${message}: ${detail}`);
}

async function failureFor(
  what: string,
  cluster: Cluster,
  reason: string | undefined,
  cause?: unknown,
): Promise<StoryTreeError> {
  const { log } = clusterFiles(cluster);
  const because = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  const { isPassing = false, way } = await wayOut(cluster, reason);
  return new StoryTreeError(
    isPassing ? 'database_unavailable' : 'not_configured',
    `The embedded PostgreSQL ${what}${because}: ${way}. Its log is ${log}.`,
    { cause },
  );
}

/** What PostgreSQL complained about last, with the detail that it gave; undefined where it said nothing. */
export function reasonIn(written: string): string | undefined {
  const entries = entriesOf(written).filter(({ text }) => !NO_REASON.test(text));
  const last = entries.findLastIndex(({ level }) => ['FATAL', 'PANIC', 'ERROR'].includes(level));
  const found = entries[last];
  if (found === undefined) return entries.find(({ level }) => level === 'program')?.text;
  if (FAULTS_BEFORE.test(found.text)) {
    return entries.slice(0, last).findLast(({ level }) => level === 'LOG')?.text ?? found.text;
  }
  const next = entries[last + 1];
  return next?.level === 'DETAIL' ? `${found.text}: ${next.text}` : found.text;
}

function entriesOf(written: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of written.split('\n')) {
    const [, level, text] = LEVELS.exec(line) ?? [];
    const [, program, said] = PROGRAM.exec(line) ?? [];
    const before = entries.at(-1);
    if (level !== undefined && text !== undefined) entries.push({ level, text });
    else if (program !== undefined && said !== undefined) entries.push({ level: 'program', text: said });
    else if (before !== undefined && line.trim() !== '')
      before.text += `${/^[A-Z]/.test(line) ? '.' : ''} ${line.trim()}`;
  }
  return entries;
}

interface WayOut {
  way: string;
  /** It may work without anybody having done anything. */
  isPassing?: true;
}

async function wayOut(cluster: Cluster, reason: string | undefined): Promise<WayOut> {
  const { data } = clusterFiles(cluster);
  const is = (pattern: RegExp) => pattern.test(reason ?? '');
  if (reason === undefined) return { way: `try again; if that does not help, ${RESET}`, isPassing: true };
  if (is(/No space left|Disk quota/i)) return { way: 'free some space on its disk, then try again', isPassing: true };
  if (is(/Address already in use|any TCP\/IP sockets/)) return { way: 'try again, on another port', isPassing: true };
  if (is(/lock file|memory|semaphore/)) return { way: 'end other programs, then try again', isPassing: true };
  if (is(/invalid permissions/)) return { way: `run "chmod 700" on ${data}, then try again` };
  if (is(/Permission denied|wrong ownership/)) {
    const owner = await nameOf(cluster.user?.uid ?? process.getuid?.() ?? 0);
    return { way: `run "chown -hR ${owner}" and "chmod -R u+rwX" on ${data}, then try again` };
  }
  if (is(/incompatible with server/))
    return { way: `start it with the release of Story Tree that made it, or ${RESET}` };
  return { way: `put a backup of ${cluster.directory} in its place, or ${RESET}` };
}
