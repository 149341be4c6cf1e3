import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface ProcessInfo {
  pid: number;
  /** The command line, arguments joined by spaces; what PostgreSQL calls itself where it renamed itself. */
  command: string;
}

/**
 * The command line of a living process; undefined for one that is gone or a zombie.
 *
 * Command lines, since they are what every user may read of every process, in containers too; working directories are not.
 */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return commandFromProc(pid);
  return (await listWithPs(['-p', String(pid)]))[0]?.command;
}

/** Every living process that this user may see. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  if (process.platform !== 'linux') return listWithPs(['-A']);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ({ pid, command: await commandFromProc(pid) })));
  return found.flatMap(({ pid, command }) => (command === undefined ? [] : [{ pid, command }]));
}

/** Sends a signal; false when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Zombies have an empty command line, so they count as gone without a look at their state. */
async function commandFromProc(pid: number): Promise<string | undefined> {
  const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const command = raw.replaceAll('\0', ' ').trim();
  return command === '' ? undefined : command;
}

async function listWithPs(selection: string[]): Promise<ProcessInfo[]> {
  // ps exits with 1 when nothing matches.
  const { stdout } = await run('ps', ['-ww', '-o', 'pid=,state=,command=', ...selection]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state, command] = /^ *(\d+) +(\S+) +(.*)/.exec(line) ?? [];
    if (pid === undefined || command === undefined || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), command }];
  });
}
