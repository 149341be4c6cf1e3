import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { StoryTreeError } from '@story-tree/domain';

const run = promisify(execFile);

/** Whom PostgreSQL runs as where that is not the user of this process. */
export interface SystemUser {
  uid: number;
  gid: number;
}

export interface Outcome {
  code: number | null;
  output: string;
}

/** PostgreSQL refuses to be root, so a root process runs it as somebody else. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The first of the given users that exists.
 *
 * @throws StoryTreeError `not_configured` when none does.
 */
export async function findUser(names: readonly string[]): Promise<SystemUser> {
  for (const name of names) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids !== undefined) return { uid: Number(ids[0].stdout) >>> 0, gid: Number(ids[1].stdout) >>> 0 };
  }
  throw new StoryTreeError(
    'not_configured',
    `PostgreSQL does not run as root and there is none of the users ${names.join(', ')}: start Story Tree as another user, or set DATABASE_URL.`,
  );
}

/**
 * Runs a program to its end, as `user` where given, in a session of its own so that Ctrl-C in the terminal passes it by,
 * and with an environment of its own, since variables such as PGDATA would change what PostgreSQL's programs do.
 */
export function runAs(
  user: SystemUser | undefined,
  command: string,
  args: readonly string[],
  cwd = '/',
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...user,
      cwd,
      detached: true,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
