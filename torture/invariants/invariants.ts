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

/** What must hold after every round. Those that wait until everything is at rest come first. */
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

/** What must hold once all stories have been removed again. */
const INVARIANTS_OF_NOTHING: readonly Invariant[] = [
  nothingWaits,
  everyTaskEnds,
  removalsAreWhole,
  filesAreAsRows,
  bundlesAreThere,
];

/** @returns all violations, each with the invariant that it violates */
export async function findViolations(aftermath: Aftermath): Promise<string[]> {
  const invariants = aftermath.stories.length === 0 ? INVARIANTS_OF_NOTHING : INVARIANTS;
  const found: string[] = [];
  for (const { name, findViolations: find } of invariants) {
    const violations = await find(aftermath).catch((error: unknown) => [String(error)]);
    found.push(...violations.map((violation) => `Violated: ${name}. ${violation}`));
  }
  return found;
}
