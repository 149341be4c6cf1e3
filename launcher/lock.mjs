import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning } from './processes.mjs';

const POLL_MS = 200;

/**
 * What the holder of a lock can do with it.
 * @typedef {object} Lock
 * @property {(pid: number) => void} shareWith Keeps the lock held while that process runs, should this one be killed
 */

/**
 * Runs work while no other process holds the same lock, waiting for as long as one does.
 *
 * The lock is a folder of numbered tickets, each naming the processes that hold it. The highest number counts. Who
 * finds it released, or all its holders dead, tries to create the next number, which the file system grants to one
 * contender only. The highest ticket is never removed, so nobody can be fooled by an outdated look at the folder, and
 * a killed holder needs no clearing up.
 * @template T
 * @param {string} folder
 * @param {(lock: Lock) => Promise<T>} work
 * @param {() => void} onWait Called once when the lock is taken
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, onWait) {
  mkdirSync(folder, { recursive: true });
  const number = await takeTicket(folder, onWait);
  const holders = [identify(process.pid)];
  try {
    return await work({
      shareWith: (pid) => {
        holders.push(identify(pid));
        renameSync(writeDraft(folder, number, holders), ticketPath(folder, number));
      },
    });
  } finally {
    renameSync(writeDraft(folder, number, []), ticketPath(folder, number));
  }
}

/**
 * @param {string} folder
 * @param {() => void} onWait
 * @returns {Promise<number>}
 */
async function takeTicket(folder, onWait) {
  let waited = false;
  for (;;) {
    const newest = newestTicket(folder);
    if (!readHolders(folder, newest).some(isRunning)) {
      if (claim(folder, newest + 1)) return newest + 1;
      continue;
    }
    if (!waited) onWait();
    waited = true;
    await sleep(POLL_MS);
  }
}

/**
 * @param {string} folder
 * @param {number} number
 */
function claim(folder, number) {
  const draft = writeDraft(folder, number, [identify(process.pid)]);
  try {
    linkSync(draft, ticketPath(folder, number));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (newestTicket(folder) !== number) {
    rmSync(ticketPath(folder, number), { force: true });
    return false;
  }
  for (const name of readdirSync(folder)) {
    if (Number.parseInt(name, 10) < number) rmSync(join(folder, name), { force: true });
  }
  return true;
}

/** @param {string} folder */
function newestTicket(folder) {
  const numbers = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return Math.max(0, ...numbers.map(Number));
}

/**
 * @param {string} folder
 * @param {number} number
 * @returns {import('./processes.mjs').ProcessIdentity[]}
 */
function readHolders(folder, number) {
  try {
    return JSON.parse(readFileSync(ticketPath(folder, number), 'utf8'));
  } catch {
    // No ticket yet, one that was just replaced by the next, or one that a power cut left empty: nobody holds it.
    return [];
  }
}

/**
 * @param {string} folder
 * @param {number} number
 * @param {import('./processes.mjs').ProcessIdentity[]} holders
 */
function writeDraft(folder, number, holders) {
  const path = join(folder, `${number}-${process.pid}-${Math.random().toString(36).slice(2)}`);
  writeFileSync(path, JSON.stringify(holders));
  return path;
}

/**
 * @param {string} folder
 * @param {number} number
 */
function ticketPath(folder, number) {
  return join(folder, String(number));
}
