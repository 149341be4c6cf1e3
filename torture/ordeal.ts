import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom } from '@story-tree/testkit/seeded.ts';
import type { Backend } from '@story-tree/testkit/worker/workshop.ts';
import { hasAllMade, removeStories } from './people/people.ts';
import { openScene } from './people/scene.ts';
import { playRound, type RoundResult } from './round.ts';
import { type Snapshot, takeSnapshot } from './stack/snapshot.ts';
import { openStack, type Stack } from './stack/stack.ts';
import { impossibleTroubles } from './trouble/all.ts';

export interface OrdealOptions {
  backend: Backend;
  /** The seed of the first round; each further one has the next number, so that a round can be repeated alone. */
  seed: number;
  /** The troubles of a round, by name; if there are none, they are drawn at random. The first round is 0. */
  troublesOf(round: number): readonly string[];
  /** Called before each round but the first. */
  isEnough(rounds: number): boolean;
  /** Called after each round. */
  tell(round: RoundResult): void;
  signal: AbortSignal;
}

/** The outcome of all rounds on one stack. */
export interface Ordeal {
  backend: Backend;
  rounds: readonly RoundResult[];
  /** Troubles that this user cannot make on this machine, and why. */
  impossible: readonly string[];
  /** The folder with everything needed to look into a violation; null without one. */
  kept: string | null;
}

/** Puts one stack through round after round, up to the first with a violation. */
export async function runOrdeal({ backend, seed, troublesOf, isEnough, tell, signal }: OrdealOptions): Promise<Ordeal> {
  const stack = await openStack({ backend, seed });
  const rounds: RoundResult[] = [];
  const impossible = impossibleTroubles(stack);
  try {
    const undisturbed = await makeUndisturbed(stack, signal);
    do {
      const troubles = troublesOf(rounds.length);
      const round = await playRound({ stack, seed: seed + rounds.length, troubles, undisturbed, signal });
      signal.throwIfAborted();
      rounds.push(round);
      tell(round);
      if (round.violations.length > 0) return { backend, rounds, impossible, kept: await keep(stack, round) };
    } while (!isEnough(rounds.length));
  } catch (error) {
    await stack.close();
    throw error;
  }
  await stack.close();
  return { backend, rounds, impossible, kept: null };
}

/** Makes a story without any trouble, to compare the others with. */
async function makeUndisturbed(stack: Stack, over: AbortSignal): Promise<Snapshot> {
  const scene = openScene(stack, over, () => true);
  const storyId = await hasAllMade(scene, seededRandom(1));
  if (storyId === null) throw new Error('The story made without any trouble is gone.');
  const snapshot = await takeSnapshot(stack, storyId);
  await removeStories(scene, [storyId]);
  return snapshot;
}

/** Stops the stack, and leaves on disk what is needed to find out what happened. */
async function keep(stack: Stack, { story, violations }: RoundResult): Promise<string> {
  const requests = stack.models.requests.map(({ body: _, ...request }) => request);
  const folder = await stack.close(true);
  const report = [...violations, '', ...story].join('\n');
  await writeFile(path.join(folder, 'violations.txt'), `${report}\n`);
  await writeFile(path.join(folder, 'requests.json'), JSON.stringify(requests, null, 1));
  return folder;
}
