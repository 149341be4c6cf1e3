import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between two attempts, in milliseconds. @throws the signal's reason as soon as that aborts */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
}
