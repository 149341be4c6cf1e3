import { randomBytes } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from './fileErrors.ts';

/**
 * Folders that a run keeps beside a bundle: `tmp` is unfinished or waits to be deleted, `old` is a whole bundle that
 * was moved aside for the moment in which the new one takes its place.
 */
type LeftoverKind = 'tmp' | 'old';

export interface Leftover {
  path: string;
  kind: LeftoverKind;
  /** When it was made, moved or last filled, in milliseconds. */
  touched: number;
}

/** Tells this process from an earlier one that had the same id, as in a restarted container. */
const PROCESS_TOKEN = randomBytes(4).toString('hex');

/** No bundle takes this long: a folder older than a day is dead even if a process has its id. */
const LONGEST_RUN_MS = 24 * 60 * 60 * 1000;

const SUFFIX = /^\.(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.(tmp|old)$/;

/** A new name beside a bundle's folder that tells whose it is. */
export function besideBundle(folder: string, kind: LeftoverKind): string {
  const owner = `${process.pid}-${PROCESS_TOKEN}-${randomBytes(4).toString('hex')}`;
  return path.join(path.dirname(folder), `.${path.basename(folder)}.${owner}.${kind}`);
}

/** What runs that were killed left beside a bundle's folder, newest first; folders of live runs are none of it. */
export async function findLeftovers(folder: string): Promise<Leftover[]> {
  const prefix = `.${path.basename(folder)}`;
  const found: Leftover[] = [];
  for (const name of await namesIn(path.dirname(folder))) {
    const owner = name.startsWith(prefix) ? SUFFIX.exec(name.slice(prefix.length)) : null;
    if (owner === null) continue;
    const leftover = path.join(path.dirname(folder), name);
    const touched = await touchedAt(leftover);
    if (touched === null || isAlive(Number(owner[1]), owner[2], touched)) continue;
    found.push({ path: leftover, kind: owner[3] as LeftoverKind, touched });
  }
  return found.sort((a, b) => b.touched - a.touched);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Null when another run has just swept it. The change time, since that alone tells when a folder was moved aside. */
async function touchedAt(leftover: string): Promise<number | null> {
  try {
    return (await lstat(leftover)).ctimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isAlive(pid: number, token: string | undefined, touched: number): boolean {
  if (pid === process.pid) return token === PROCESS_TOKEN;
  if (Date.now() - touched > LONGEST_RUN_MS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers "not permitted": it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
