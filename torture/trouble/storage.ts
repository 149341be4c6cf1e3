import { execFile, execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Stack } from '../stack/stack.ts';
import type { Trouble } from './trouble.ts';

const run = promisify(execFile);

const LONGEST_MS = 1_500;
/** Less than any picture or voice needs. */
const FILE_LIMIT_BYTES = 2_048;

const forAWhile = (random: Random) => sleep(500 + random.below(LONGEST_MS));

const FILES_LIMITED: Trouble = {
  name: 'files-limited',
  kind: 'a worker can write only small files',
  obstacle: () => (hasProgram('prlimit') ? null : 'there is no prlimit on PATH'),
  async make({ stack: { workers } }, random) {
    const pid = random.pick(workers).pid();
    if (pid === null) return false;
    await limitFiles(pid, String(FILE_LIMIT_BYTES));
    await forAWhile(random);
    await limitFiles(pid, 'unlimited');
    return true;
  },
};

/** Sets the soft limit of a process, not the hard one. It does not matter if the process has ended meanwhile. */
async function limitFiles(pid: number, limit: string): Promise<void> {
  await run('prlimit', ['--pid', String(pid), `--fsize=${limit}:`]).catch(() => undefined);
}

const DISK_FULL: Trouble = {
  name: 'disk-full',
  kind: 'the disk is full',
  obstacle: ({ disk }) => (disk.fill === undefined ? 'this user may not mount a small disk' : null),
  async make({ stack: { disk } }, random) {
    await disk.fill?.();
    await forAWhile(random);
    await disk.empty();
    return true;
  },
};

const FOLDERS_LOCKED: Trouble = {
  name: 'folders-locked',
  kind: 'nothing can be written',
  obstacle: ({ disk }) =>
    disk.lock === undefined ? 'permissions do not apply to root, and it may not mount a disk' : null,
  async make({ stack: { disk } }, random) {
    await disk.lock?.();
    await forAWhile(random);
    await disk.unlock();
    return true;
  },
};

const FILE_IN_THE_WAY: Trouble = {
  name: 'file-in-the-way',
  kind: 'there is a file where a folder is needed',
  async make({ stack }, random) {
    // The database may be away at the moment.
    for (const place of shuffled(await placesOfFolders(stack).catch(() => []), random)) {
      if (!(await putFile(place))) continue;
      await forAWhile(random);
      await rm(place, { force: true });
      return true;
    }
    return false;
  },
};

/** Folders that stories will need or already have. */
async function placesOfFolders({ database, assets, output }: Stack): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('select id from stories where deleted_at is null');
  return rows.flatMap(({ id }) => [
    path.join(assets, 'generated', id, 'visuals'),
    path.join(assets, 'generated', id, 'shots'),
    path.join(output, id),
  ]);
}

async function putFile(place: string): Promise<boolean> {
  await mkdir(path.dirname(place), { recursive: true });
  return writeFile(place, '', { flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

function shuffled<T>(given: readonly T[], random: Random): T[] {
  const rest = [...given];
  return given.map(() => rest.splice(random.below(rest.length), 1)[0] as T);
}

/** Not while a server is being started: a process passes its limits on to whatever it starts. */
export const LIMIT_TROUBLES = [FILES_LIMITED];

export const DISK_TROUBLES = [FILE_IN_THE_WAY, DISK_FULL, FOLDERS_LOCKED];

function hasProgram(name: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name]);
    return true;
  } catch {
    return false;
  }
}
