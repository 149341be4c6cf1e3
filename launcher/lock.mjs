import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning } from './processes.mjs';

const POLL_MS = 200;

/**
 * A lock, as its holder sees it.
 * @typedef {object} Lock
 * @property {(pid: number) => void} shareWith Keeps the lock held for as long as that process runs, even if this one is killed
 */

/**
 * Waits until no other process holds the lock, then does the work while holding it.
 *
 * The lock is a folder of numbered tickets, each naming the processes that hold it. Only the highest number counts. A
 * process that finds it released, or all its holders dead, tries to create the next number, and the file system lets only
 * one contender succeed. The highest ticket is never removed, so an outdated listing of the folder can mislead nobody, and
 * a killed holder leaves nothing to clean up.
 * @template T
 * @param {string} folder
 * @param {(lock: Lock) => Promise<T>} work
 * @param {() => void} onWait Called once if the lock turns out to be taken
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
    // No ticket yet, one just replaced by the next, or one left empty by a power cut: nobody holds it.
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
