import { homeHasOneCluster } from './cluster.ts';
import { followersAreToldAll } from './events.ts';
import { bundlesAreThere, filesAreAsInJournal, filesAreAsRows, storiesAreAsUndisturbed } from './files.ts';
import type { Aftermath, Invariant } from './invariant.ts';
import {
  answersAreCounted,
  noCallIsUnderWay,
  nothingIsPaidTwice,
  onlyCallsUnderWayAreLost,
  requestsAreWellFormed,
  turnsArePaidOnce,
} from './payments.ts';
import { everybodyIsThere, nobodyHoldsAnything, nothingWaits, othersAreSpared } from './rest.ts';
import { everyTaskEnds, logsAreLogical, nothingGoesBack, oneWriterPerStory, removalsAreWhole } from './tasks.ts';

/** What holds after every round. Those that wait until all is at rest come first. */
const INVARIANTS: readonly Invariant[] = [
  everybodyIsThere,
  nothingWaits,
  nobodyHoldsAnything,
  everyTaskEnds,
  logsAreLogical,
  oneWriterPerStory,
  followersAreToldAll,
  nothingGoesBack,
  othersAreSpared,
  onlyCallsUnderWayAreLost,
  answersAreCounted,
  nothingIsPaidTwice,
  turnsArePaidOnce,
  noCallIsUnderWay,
  requestsAreWellFormed,
  removalsAreWhole,
  filesAreAsRows,
  filesAreAsInJournal,
  bundlesAreThere,
  storiesAreAsUndisturbed,
  homeHasOneCluster,
];

/** What holds when all stories have been removed again. */
const INVARIANTS_OF_NOTHING: readonly Invariant[] = [
  nothingWaits,
  everyTaskEnds,
  removalsAreWhole,
  filesAreAsRows,
  bundlesAreThere,
];

/** @returns everything that is against them, each with the claim that it refutes */
export async function findViolations(aftermath: Aftermath): Promise<string[]> {
  const invariants = aftermath.stories.length === 0 ? INVARIANTS_OF_NOTHING : INVARIANTS;
  const found: string[] = [];
  for (const { name, findViolations: find } of invariants) {
    const violations = await find(aftermath).catch((error: unknown) => [String(error)]);
    found.push(...violations.map((violation) => `Not so: ${name}. ${violation}`));
  }
  return found;
}
