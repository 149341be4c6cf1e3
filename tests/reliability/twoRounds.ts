import type { Backend } from '@story-tree/testkit/worker/workshop.ts';
import { itSurvives } from './itSurvives.ts';

/** Always the same, so that a change that breaks it is not another's; the long tests and `npm run torture` draw others. */
const SEED = 1;

/** What nobody can be left to draw: a second round has each of it, as far as a backend has anything of the kind. */
const NEVER_LEFT_OUT = [
  ...['database-away', 'queue-away', 'client-stopped', 'clock-back', 'started-elsewhere', 'clocks-differ'],
  ...['started-elsewhere-after-kill', 'clock-forward', 'folder-closed'],
];

/** Two rounds of torture. Each backend has a test file, since a round waits more than it works. */
export function itSurvivesTwoRounds(backend: Backend): void {
  const troublesOf = (round: number) => (round === 0 ? [] : NEVER_LEFT_OUT);
  itSurvives({ backend, rounds: 2, usualSeed: SEED, troublesOf });
}
