import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { isMissing, isOccupied } from './fileErrors.ts';
import { besideBundle, findLeftovers } from './leftovers.ts';
import { syncFolder } from './writeBundle.ts';

/** How often a place that another run keeps filling is tried anew. */
const ATTEMPTS = 3;

/** An empty folder beside the bundle's, on the same file system, so that a rename can put it in place. */
export async function openStaging(folder: string): Promise<string> {
  const staging = besideBundle(folder, 'tmp');
  await mkdir(path.dirname(folder), { recursive: true });
  await mkdir(staging);
  return staging;
}

/**
 * Recovers from runs that were killed. Node cannot exchange two folders in one step, so replacing a bundle moves the old
 * one aside first; a run killed right then leaves the place empty, and the old bundle is put back here. The rest is
 * deleted. Only for the story's one writer, as {@link findLeftovers} says.
 */
export async function recoverBundle(folder: string): Promise<void> {
  const leftovers = await findLeftovers(folder);
  const whole = leftovers.find((leftover) => leftover.kind === 'old');
  if (whole !== undefined && !(await isThere(folder))) await moveIfThere(whole.path, folder);
  for (const leftover of leftovers) {
    if (leftover.kind === 'old') await discardOld(folder, leftover.path);
    else await rm(leftover.path, { recursive: true, force: true });
  }
}

/**
 * Puts a finished bundle in its place. Whatever fails, the bundle that was there is there again.
 * @param replace whether a bundle that is there gives way
 * @throws StoryTreeError `bundle_exists` when something is there that does not
 */
export async function publishBundle(staging: string, folder: string, replace: boolean): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const old = replace ? await moveAside(folder) : null;
    try {
      if (!replace && (await isThere(folder))) throw bundleExists(folder);
      await moveDurably(staging, folder);
    } catch (error) {
      if (old !== null) await putBack(old, folder);
      if (!isOccupied(error)) throw error;
      if (!replace || attempt === ATTEMPTS) throw bundleExists(folder);
      continue;
    }
    // The new bundle is in place; what cannot be deleted now goes with the next run.
    if (old !== null) await discardOld(folder, old).catch(() => undefined);
    return;
  }
}

/** Takes a bundle away, with all that runs left beside it. What is gone already is no fault. */
export async function removeBundle(folder: string): Promise<void> {
  await discardOld(folder, folder);
  for (const leftover of await findLeftovers(folder)) await rm(leftover.path, { recursive: true, force: true });
}

export function bundleExists(folder: string): StoryTreeError {
  return new StoryTreeError(
    'bundle_exists',
    `${folder} already exists: run the task with --overwrite to replace it, or choose another place with --output-path.`,
    { details: { bundlePath: folder } },
  );
}

/** Whether anything at all has that name, a dangling link included. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function moveAside(folder: string): Promise<string | null> {
  const old = besideBundle(folder, 'old');
  return (await moveIfThere(folder, old)) ? old : null;
}

/** Moves a folder beside itself and brings that to the disk, so that a power cut cannot undo it later. */
async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(path.dirname(to));
}

async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await moveDurably(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Where another run was faster, its bundle stays and ours counts as replaced by it. */
async function putBack(old: string, folder: string): Promise<void> {
  if (await isThere(folder)) await discardOld(folder, old);
  else await moveIfThere(old, folder);
}

/** Renamed before it is deleted: a deletion that is cut short must not leave half a bundle that counts as a whole one. */
async function discardOld(folder: string, old: string): Promise<void> {
  const doomed = besideBundle(folder, 'tmp');
  if (await moveIfThere(old, doomed)) await rm(doomed, { recursive: true, force: true });
}
