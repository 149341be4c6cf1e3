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

/** Earlier releases also put the number of a process in front, which says nothing: numbers are given out again. */
const SUFFIX = /^\.(?:\d+-[0-9a-f]{8}-)?[0-9a-f]{8}\.(tmp|old)$/;

/** A new name beside a bundle's folder. */
export function besideBundle(folder: string, kind: LeftoverKind): string {
  return path.join(path.dirname(folder), `.${path.basename(folder)}.${randomBytes(4).toString('hex')}.${kind}`);
}

/**
 * What earlier runs left beside a bundle's folder, newest first. Only for the story's one writer: it is the lease that
 * says that nobody else is at work there, and no process id, no age and no lock on this machine could say so.
 */
export async function findLeftovers(folder: string): Promise<Leftover[]> {
  const prefix = `.${path.basename(folder)}`;
  const found: Leftover[] = [];
  for (const name of await namesIn(path.dirname(folder))) {
    const [, kind] = (name.startsWith(prefix) && SUFFIX.exec(name.slice(prefix.length))) || [];
    if (kind === undefined) continue;
    const leftover = path.join(path.dirname(folder), name);
    const touched = await touchedAt(leftover);
    if (touched !== null) found.push({ path: leftover, kind: kind as LeftoverKind, touched });
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

/** Null when it has just gone. The change time, since that alone tells when a folder was moved aside. */
async function touchedAt(leftover: string): Promise<number | null> {
  try {
    return (await lstat(leftover)).ctimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
