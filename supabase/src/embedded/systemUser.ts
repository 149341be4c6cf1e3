import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { StoryTreeError } from '@story-tree/domain/errors';

const run = promisify(execFile);
const UNPRIVILEGED_USERS = ['postgres', '_postgres', 'nobody'];

/** The user that PostgreSQL runs as, where that is not the user of this process. */
export interface SystemUser {
  uid: number;
  gid: number;
}

interface Outcome {
  code: number | null;
  output: string;
}

interface RunOptions {
  cwd?: string;
  /** A descriptor for what the program writes, in place of `output`. */
  writeTo?: number;
  /** A descriptor that the program, and whatever it starts, keeps open as its number 3. */
  inherit?: number;
}

/** PostgreSQL refuses to be root, so a root process runs it as somebody else. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The first unprivileged user that exists: `postgres`, `_postgres` or `nobody`.
 *
 * @throws StoryTreeError `not_configured` when none does.
 */
export async function findUser(): Promise<SystemUser> {
  for (const name of UNPRIVILEGED_USERS) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids !== undefined) return { uid: Number(ids[0].stdout) >>> 0, gid: Number(ids[1].stdout) >>> 0 };
  }
  throw new StoryTreeError(
    'not_configured',
    `PostgreSQL does not run as root, and none of the users ${UNPRIVILEGED_USERS.join(', ')} exists: start Story Tree as another user, or set DATABASE_URL.`,
  );
}

/** The name of a user for sentences, or its number where it has none (any more). */
export async function nameOf(uid: number): Promise<string> {
  const found = await run('id', ['-nu', String(uid)]).catch(() => undefined);
  return found?.stdout.trim() ?? `user ${uid}`;
}

/** The first of the folders down to `directory` that `user` may not enter; undefined where all are open. */
export async function closedFolder(user: SystemUser, directory: string): Promise<string | undefined> {
  const parts = directory.split('/');
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/') || '/');
  const script = 'for folder in "$@"; do cd "$folder" 2>&- || { printf %s "$folder"; exit 1; }; done';
  const { code, output } = await runAs(user, '/bin/sh', ['-c', script, 'sh', ...folders]);
  return code === 0 ? undefined : output;
}

/**
 * Runs a program to its end, as `user` where given, in a session of its own so that Ctrl-C in the terminal passes it by,
 * and with an environment of its own, since variables such as PGDATA would change what PostgreSQL's programs do.
 */
export function runAs(
  user: SystemUser | undefined,
  command: string,
  args: readonly string[],
  { cwd = '/', writeTo, inherit }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const written = writeTo ?? 'pipe';
    const child = spawn(command, args, {
      ...user,
      cwd,
      detached: true,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', written, written, ...(inherit === undefined ? [] : [inherit])],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
