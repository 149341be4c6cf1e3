import { seededRandom } from '@story-tree/testkit/seeded.ts';
import type { Aftermath } from './invariants/invariant.ts';
import { findViolations } from './invariants/invariants.ts';
import { countPayments, type Payments } from './invariants/payments.ts';
import { startAsker } from './people/asker.ts';
import { followEvents } from './people/follower.ts';
import { spendNight } from './people/night.ts';
import { removeStories, simulatePeople } from './people/people.ts';
import { openScene, retire, type Scene } from './people/scene.ts';
import { forgetCallChanges } from './stack/callChanges.ts';
import type { Snapshot } from './stack/snapshot.ts';
import type { Stack } from './stack/stack.ts';
import { makeTrouble } from './trouble/makeTrouble.ts';
import { drawModelFaults } from './trouble/models.ts';

/** Often enough to show quickly whether others make progress. */
const BYSTANDER_PAUSE_MS = 400;

export interface Round {
  stack: Stack;
  /** Decides everything random, except for what the machine's scheduling adds. */
  seed: number;
  /** The troubles to make, by name and in this order; if there are none, they are drawn at random. */
  troubles: readonly string[];
  undisturbed: Snapshot;
  /** Ends it early. */
  signal: AbortSignal;
}

/** What happened in a round. */
export interface RoundResult {
  seed: number;
  /** The troubles that were asked for by name; empty if they were drawn at random. */
  forced: readonly string[];
  seconds: number;
  tasks: number;
  /** How often each kind of trouble was made, and each model fault. */
  troubles: Readonly<Record<string, number>>;
  faults: Readonly<Record<string, number>>;
  payments: Payments;
  /** What was done, in order, with the time of each. */
  story: readonly string[];
  violations: readonly string[];
}

/** Lets people work while everything goes wrong that can, then lets them finish, and checks the outcome. */
export async function playRound(round: Round): Promise<RoundResult> {
  const { stack, seed, troubles, signal } = round;
  const began = Date.now();
  const isOver = new AbortController();
  const over = AbortSignal.any([isOver.signal, signal]);
  let isPeace = false;
  const bystander = startAsker(stack.variables('bystander'), BYSTANDER_PAUSE_MS);
  const scene = openScene(stack, over, () => isPeace, bystander);
  const { client, disturbances } = scene;
  const before = await lookAround(round, scene);
  const play = async () => {
    // The bystander has to be working before it can show that others make progress.
    while (!(await bystander.getsOn(stack.database)));
    stack.models.pickFaults(drawModelFaults(seed));
    const trouble = makeTrouble(scene, { seed: seed + 30, names: troubles, over });
    try {
      const atWork = simulatePeople(scene, seed + 40);
      await Promise.race([atWork, trouble]);
      stack.models.setFault();
      isPeace = true;
      const stories = await atWork;
      await retire(bystander, scene);
      await removeStories(scene, scene.leftovers);
      await spendNight(stack);
      return stories;
    } catch (error) {
      isOver.abort();
      // Wait until every trouble has been undone before anybody looks.
      await trouble.catch(() => undefined);
      throw error;
    }
  };
  try {
    const violations = await judge(before, play());
    return {
      ...{ seed, forced: troubles, violations, tasks: client.asked.size, story: disturbances.story },
      seconds: (Date.now() - began) / 1_000,
      troubles: Object.fromEntries(disturbances.counts),
      faults: countEach(stack.models.requests.flatMap(({ fault }) => fault ?? [])),
      payments: await countPayments(stack),
    };
  } finally {
    isOver.abort();
    bystander.signal('SIGKILL');
    await Promise.allSettled(before.followers.map((follower) => follower.stop()));
  }
}

/** Records the state before a round, and starts followers that see all of it. */
async function lookAround({ stack, seed, undisturbed }: Round, scene: Scene): Promise<Aftermath> {
  const { rows } = await stack.database.pool.query<{ id: string }>(
    'select coalesce(max(id), 0) as id from story_task_events',
  );
  const since = rows[0]?.id ?? '0';
  stack.models.forget();
  await forgetCallChanges(stack.database);
  const saidBefore = new Map([stack.app, ...stack.workers].map((part) => [part.name, part.said().length]));
  const followers = [followEvents(stack.url, since), followEvents(stack.url, since, seededRandom(seed + 20))];
  return { ...scene, since, saidBefore, followers, undisturbed, stories: [] };
}

/** @param played resolves to the round's stories when it is over @returns everything that is wrong with it */
async function judge(before: Aftermath, played: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    const stories = await played;
    const violations = await findViolations({ ...before, stories });
    if (violations.length > 0) return violations;
    await removeStories(before, stories);
    return await findViolations(before);
  } catch (error) {
    return [...before.disturbances.objections, `The round did not finish: ${error}`];
  }
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
