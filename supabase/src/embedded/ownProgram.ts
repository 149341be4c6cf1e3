import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs a program of this folder in a process of its own. It stays when this one ends, and no Ctrl-C of ours reaches it.
 *
 * @param file the name of the program's file
 */
export function spawnOwnProgram(
  file: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'stdio' | 'uid' | 'gid'>,
): ChildProcess {
  const script = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--no-warnings', script, ...args], {
    ...options,
    cwd: '/',
    detached: true,
    env: bareEnvironment(),
  });
}

/** Nothing of ours, least of all keys: the process stays, and may belong to another user. */
function bareEnvironment(): Record<string, string> {
  // With what Node has compiled before, it starts in half the time. This is a folder inside the one to be named.
  const cache = getCompileCacheDir();
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(cache) }),
  };
}
