import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { untilAborted } from './untilAborted.ts';

const REASON = new Error('told to stop');
const never = () => new Promise<never>(() => undefined);

describe('work until it is aborted', () => {
  it('throws what the work throws', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('throws the reason of the abort, whatever the work throws then', async () => {
    const controller = new AbortController();
    const work = async () => {
      await sleep(10_000, undefined, { signal: controller.signal });
    };
    const outcome = untilAborted(controller.signal, work);
    controller.abort(REASON);
    await expect(outcome).rejects.toBe(REASON);
  });

  it('does not wait for work that does not listen', async () => {
    const controller = new AbortController();
    const outcome = untilAborted(controller.signal, never, 1);
    controller.abort(REASON);
    await expect(outcome).rejects.toBe(REASON);
    await expect(untilAborted(AbortSignal.abort(REASON), never, 1)).rejects.toBe(REASON);
  });

  it('takes what comes out all the same shortly after', async () => {
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<string>();
    const outcome = untilAborted(controller.signal, () => promise, 60_000);
    controller.abort(REASON);
    resolve('done');
    expect(await outcome).toBe('done');
  });
});
