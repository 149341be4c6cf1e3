import { setBackRedisTimes, setBackStoredTimes, shiftedClock } from '@story-tree/testkit/clock/clock.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Scene } from '../people/scene.ts';
import type { KeptPart } from '../stack/part.ts';
import { WORKER_KILLED } from './processes.ts';
import type { Trouble } from './trouble.ts';

const MOST_HOURS = 12;
/** Everybody keeps writing while all times are moved, so the move may hit a deadlock and have to be retried. */
const ATTEMPTS = 5;

const hours = (random: Random) => 1 + random.below(MOST_HOURS);

const CLOCK_SET_BACK: Trouble = {
  name: 'clock-back',
  kind: 'a worker is killed, and the clock is set back by hours',
  async make(scene, random) {
    if (!(await WORKER_KILLED.make(scene, random))) return false;
    await setBack(scene, hours(random));
    return true;
  },
};

const CLOCK_SET_FORWARD: Trouble = {
  name: 'clock-forward',
  kind: 'the clock is set forward by hours',
  async make(scene, random) {
    // All leases have run out, although their holders are fine.
    await scene.disturbances.during(null, () => setBack(scene, -hours(random)));
    return true;
  },
};

const CLOCKS_DIFFER: Trouble = {
  name: 'clocks-differ',
  kind: 'a worker or the app is killed, and comes back with a clock that is off by hours',
  async make({ stack: { app, workers }, disturbances }, random) {
    const part: KeptPart = random.pick([app, ...workers]);
    if (part.pid() === null) return false;
    part.equip(shiftedClock(random.pick([1, -1]) * hours(random)));
    await disturbances.during(part.life(), async () => part.signal('SIGKILL'));
    return true;
  },
};

export const CLOCKS = [CLOCK_SET_BACK, CLOCK_SET_FORWARD, CLOCKS_DIFFER];

/** Moves all stored times, so that they seem to be that much later. */
async function setBack({ stack: { database, redis } }: Scene, by: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await setBackStoredTimes(database, by);
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
  if (redis !== null) await setBackRedisTimes(redis.url, by);
}
