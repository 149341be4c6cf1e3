// Adds one to the number in a file, slowly, under the lock in a folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../../launcher/lock.mjs';

const [folder = '', file = ''] = process.argv.slice(2);
const addOne = async () => {
  const number = Number(readFileSync(file, 'utf8'));
  await sleep(50);
  writeFileSync(file, String(number + 1));
};
for (let turn = 0; turn < 3; turn++) await withLock(folder, addOne, () => {});
