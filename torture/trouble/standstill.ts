import { setTimeout as sleep } from 'node:timers/promises';
import { type Asker, startAsker } from '../people/asker.ts';
import { retire, type Scene } from '../people/scene.ts';
import { LOCK_MS } from '../stack/stack.ts';
import type { Trouble } from './trouble.ts';

/** A few in each round; at each of its steps in turn, a test of its own stops such a program. */
const STOPS = 10;
const LONGEST_RUN_MS = 30;

/** Something that takes signals. */
interface Standing {
  name: string;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Pauses a process for some time, at least until others have shown that they make progress meanwhile.
 * @param other the process that has to make progress
 * @returns whether it does
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
    if (!getsOn) disturbances.object(`Nobody else could ask for anything while ${name} was paused.`);
    return getsOn;
  } finally {
    signal('SIGCONT');
  }
}

export const CLIENT_STOPPED: Trouble = {
  name: 'client-stopped',
  kind: 'a program is paused in the middle of a request, again and again',
  async make(scene, random) {
    const { database, remoteVariables } = scene.stack;
    const [one, other] = ['asker-1', 'asker-2'].map((caller) => startAsker(remoteVariables(caller), 0)) as [
      Asker,
      Asker,
    ];
    try {
      for (const asker of [one, other]) while (!(await asker.getsOn(database)));
      const standing = { name: 'a program that makes requests', signal: one.signal };
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
