import { setTimeout as sleep } from 'node:timers/promises';
import { type Asker, startAsker } from '../people/asker.ts';
import { retire, type Scene } from '../people/scene.ts';
import { LOCK_MS } from '../stack/stack.ts';
import type { Trouble } from './trouble.ts';

/** So often that it is hit between any two of its steps. */
const STOPS = 25;
const LONGEST_RUN_MS = 30;

/** Something that takes signals. */
interface Standing {
  name: string;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Has somebody stand still for so long, and until it is seen that others get on meanwhile.
 * @param other who has to
 * @returns whether they do
 */
export async function standStill(
  { stack: { database }, disturbances }: Pick<Scene, 'stack' | 'disturbances'>,
  { name, signal }: Standing,
  ms: number,
  other: Asker | null,
): Promise<boolean> {
  signal('SIGSTOP');
  try {
    const [getsOn] = await Promise.all([other === null || other.getsOn(database), sleep(ms)]);
    if (!getsOn) disturbances.object(`Nobody else could ask for anything while ${name} stood still.`);
    return getsOn;
  } finally {
    signal('SIGCONT');
  }
}

export const CLIENT_STOPPED: Trouble = {
  name: 'client-stopped',
  kind: 'a program stands still in the middle of asking, again and again',
  async make(scene, random) {
    const { database, remoteVariables } = scene.stack;
    const [one, other] = ['asker-1', 'asker-2'].map((caller) => startAsker(remoteVariables(caller), 0)) as [
      Asker,
      Asker,
    ];
    try {
      for (const asker of [one, other]) while (!(await asker.getsOn(database)));
      const standing = { name: 'a program that asks', signal: one.signal };
      const stopIt = async (ms: number) => {
        await sleep(random.below(LONGEST_RUN_MS));
        return standStill(scene, standing, ms, other);
      };
      for (let stop = 1; stop < STOPS && (await stopIt(0)); stop += 1);
      await stopIt(LOCK_MS / 2);
    } finally {
      await Promise.all([retire(one, scene), retire(other, scene)]);
    }
    return true;
  },
};
