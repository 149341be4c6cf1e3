import type { Backend } from '@story-tree/testkit/worker/workshop.ts';
import { itSurvives } from './itSurvives.ts';

/** Always the same, so that a failure is due to the change at hand; the long tests and `npm run torture` draw a new one. */
const SEED = 1;

/** Troubles that must not be left to chance: a second round has each of them that applies to the backend. */
const NEVER_LEFT_OUT = [
  ...['database-away', 'queue-away', 'client-stopped', 'clock-back', 'started-elsewhere', 'clocks-differ'],
  ...['started-elsewhere-after-kill', 'clock-forward', 'folder-closed'],
];

/** Two rounds of torture. Each backend has a test file, since a round waits more than it works. */
export function itSurvivesTwoRounds(backend: Backend): void {
  const troublesOf = (round: number) => (round === 0 ? [] : NEVER_LEFT_OUT);
  itSurvives({ backend, rounds: 2, usualSeed: SEED, troublesOf });
}
