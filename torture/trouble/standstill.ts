import { setTimeout as sleep } from 'node:timers/promises';
import { retire, startAsker } from '../people/asker.ts';
import type { Scene } from '../people/scene.ts';
import { LOCK_MS } from '../stack/stack.ts';
import type { Trouble } from './trouble.ts';

/** So often that it is hit between any two of its steps. */
const STOPS = 40;
const LONGEST_RUN_MS = 30;

/** Something that takes signals. */
interface Standing {
  name: string;
  signal(signal: NodeJS.Signals): void;
}

/** Has somebody stand still for so long, and until it is seen that others get on meanwhile. */
export async function standStill(
  { stack: { database }, bystander, disturbances }: Scene,
  { name, signal }: Standing,
  ms: number,
): Promise<void> {
  signal('SIGSTOP');
  try {
    const [getsOn] = await Promise.all([bystander === null || bystander.getsOn(database), sleep(ms)]);
    if (!getsOn) disturbances.object(`Nobody else could ask for anything while ${name} stood still.`);
  } finally {
    signal('SIGCONT');
  }
}

export const CLIENT_STOPPED: Trouble = {
  name: 'client-stopped',
  kind: 'a program stands still in the middle of asking, again and again',
  async make(scene, lot) {
    const { stack } = scene;
    const asker = startAsker(stack.remoteVariables('asker'), 0);
    try {
      await asker.getsOn(stack.database);
      const standing = { name: 'a program that asks', signal: asker.signal };
      for (let stop = 1; stop <= STOPS; stop += 1) {
        await sleep(lot.below(LONGEST_RUN_MS));
        await standStill(scene, standing, stop === STOPS ? LOCK_MS / 2 : 0);
      }
    } finally {
      await retire(asker, scene);
    }
    return true;
  },
};
