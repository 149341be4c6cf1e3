import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '@story-tree/testkit/seeded.ts';
import type { Scene } from '../people/scene.ts';
import { isPossible, OF_DISKS, OF_PROCESSES, troubleCalled } from './all.ts';
import { WORKER_KILLED } from './processes.ts';
import type { Trouble } from './trouble.ts';

/** How many troubles are drawn for one round. */
const DRAWN_OF_PROCESSES = 5;
const DRAWN_OF_DISKS = 2;
const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_200;

interface TroublePlan {
  seed: number;
  /** The troubles to make, in this order; if there are none, they are drawn at random. */
  names: readonly string[];
  over: AbortSignal;
}

/**
 * Makes a round's troubles: those of processes one after the other, and at the same time those of the disk. The last one is
 * the death of a worker, since its successor compares rows and queue at once instead of within a minute.
 */
export async function makeTrouble(scene: Scene, { seed, names, over }: TroublePlan): Promise<void> {
  const { stack, disturbances } = scene;
  const possible = (troubles: readonly Trouble[]) => troubles.filter((trouble) => isPossible(trouble, stack));
  if (names.length > 0) {
    const named = possible(names.map(troubleCalled));
    const among = (troubles: readonly Trouble[]) => named.filter((trouble) => troubles.includes(trouble));
    await Promise.all([
      insistOnAll(among(OF_PROCESSES), seededRandom(seed)),
      insistOnAll(among(OF_DISKS), seededRandom(seed + 1)),
    ]);
  } else {
    await Promise.all([
      makeSeries(possible(OF_PROCESSES), DRAWN_OF_PROCESSES, seededRandom(seed)),
      makeSeries(possible(OF_DISKS), DRAWN_OF_DISKS, seededRandom(seed + 1)),
    ]);
  }
  await insist(WORKER_KILLED, seededRandom(seed + 2));

  /** Makes troubles in random order, none of them twice, with a pause before each. */
  async function makeSeries(troubles: readonly Trouble[], count: number, random: Random): Promise<void> {
    const rest = [...troubles];
    for (let made = 0; made < count && rest.length > 0; ) {
      const [trouble = WORKER_KILLED] = rest.splice(random.below(rest.length), 1);
      if (await make(trouble, random)) made += 1;
    }
  }

  /** Makes each of the troubles, in this order. */
  async function insistOnAll(troubles: readonly Trouble[], random: Random): Promise<void> {
    for (const trouble of troubles) await insist(trouble, random);
  }

  /** Repeats a trouble until there is something to do it to. */
  async function insist(trouble: Trouble, random: Random): Promise<void> {
    while (!(await make(trouble, random)));
  }

  async function make({ kind, make }: Trouble, random: Random): Promise<boolean> {
    await sleep(SHORTEST_PAUSE_MS + random.below(LONGEST_PAUSE_MS), undefined, { signal: over });
    const at = Date.now();
    const isMade = await make(scene, random);
    if (isMade) disturbances.count(kind, at);
    return isMade;
  }
}
