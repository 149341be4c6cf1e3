import type { Backend } from '@story-tree/testkit/worker/workshop.ts';
import { itSurvives } from './itSurvives.ts';

/** Always the same, so that a failure is due to the change at hand; the long tests and `npm run torture` draw a new one. */
const SEED = 1;

/**
 * At least one trouble of each kind: outages, kills, pauses, second starts, clocks and disks. Those that apply to the backend
 * are made one after the other, and those of the disk at the same time.
 */
const TROUBLES = [
  ...['database-away', 'queue-away', 'client-stopped', 'clock-back', 'started-elsewhere', 'clocks-differ'],
  ...['started-elsewhere-after-kill', 'clock-forward', 'folder-closed', 'power-cut', 'redis-stopped'],
  ...['file-in-the-way', 'disk-full', 'folders-locked'],
];

/** One round of torture. Each backend has a test file, since a round waits more than it works. */
export function itSurvivesOneRound(backend: Backend): void {
  itSurvives({ backend, rounds: 1, usualSeed: SEED, troublesOf: () => TROUBLES });
}
