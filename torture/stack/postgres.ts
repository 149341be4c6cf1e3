import { execFileSync } from 'node:child_process';
import { isAlive, postmasterPid, until } from '@story-tree/testkit/database/clusters.ts';

/** A PostgreSQL that can be killed and paused. */
export interface Postgres {
  /** Kills it as a crash of the machine would; its other processes end when they notice. */
  kill(): Promise<void>;
  /** Pauses all its processes. */
  pause(): Promise<void>;
  resume(): void;
  /** Resolves once a server is running again. */
  isBack(): Promise<void>;
}

/** No process has this id. */
const NOBODY = 2 ** 22 + 1;

export function postgresIn(directory: string): Postgres {
  let standing: readonly number[] = [];

  async function pid(): Promise<number> {
    // It may still be restarting from the last time.
    await until('PostgreSQL runs', async () => isAlive(await postmasterPid({ directory }).catch(() => NOBODY)));
    return postmasterPid({ directory });
  }

  return {
    kill: async () => void process.kill(await pid(), 'SIGKILL'),
    async pause() {
      const postmaster = await pid();
      standing = [postmaster, ...childrenOf(postmaster)];
      for (const one of standing) signal(one, 'SIGSTOP');
    },
    resume() {
      for (const one of standing) signal(one, 'SIGCONT');
    },
    isBack: async () => void (await pid()),
  };
}

function childrenOf(parent: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
