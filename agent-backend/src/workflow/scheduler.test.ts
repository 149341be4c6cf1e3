import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ModelSlots, slotCounts } from '../models/slots.ts';
import type { Unit } from '../planning/task.ts';
import { runUnits } from './scheduler.ts';

function unit(key: string, over: Partial<Unit> = {}): Unit {
  return { key, title: key, model: 'text', done: false, run: async () => undefined, ...over };
}

/** Slots that record how calls ended, and count who listens for a free one. */
class RecordingSlots extends ModelSlots {
  readonly outcomes: string[] = [];
  listeners = 0;

  override release(...[kind, outcome]: Parameters<ModelSlots['release']>): void {
    this.outcomes.push(outcome);
    super.release(kind, outcome);
  }

  override onFree(listener: () => void): () => void {
    this.listeners += 1;
    const stop = super.onFree(listener);
    return () => {
      this.listeners -= 1;
      stop();
    };
  }
}

/** Runs units that end when the test says so. */
function stage(units: readonly Unit[], slots = new ModelSlots(slotCounts(2)), stop = new AbortController()) {
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<readonly Unit[] | undefined>>();
  const outcome = runUnits(units, {
    slots,
    signal: stop.signal,
    execute(unit, signal) {
      started.push(unit.key);
      const end = Promise.withResolvers<readonly Unit[] | undefined>();
      ends.set(unit.key, end);
      signal.addEventListener('abort', () => end.reject(signal.reason));
      return end.promise;
    },
  }).then(
    () => 'done',
    (error: unknown) => error,
  );
  return {
    started,
    outcome,
    stop,
    async finish(key: string, opened?: readonly Unit[]) {
      ends.get(key)?.resolve(opened);
      await turn();
    },
    async fail(key: string, error: Error) {
      ends.get(key)?.reject(error);
      await turn();
    },
  };
}

describe('what runs when', () => {
  test('units start in the given order, as many as there are slots', async () => {
    const { started, finish, outcome } = stage(['a', 'b', 'c', 'd'].map((key) => unit(key)));
    expect(started).toEqual(['a', 'b']);
    await finish('b');
    expect(started).toEqual(['a', 'b', 'c']);
    for (const key of ['a', 'c', 'd']) await finish(key);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    expect(await outcome).toBe('done');
  });

  test('each kind of model has its own slots, and work without a model needs none', async () => {
    const kinds = [unit('s1', { model: 'speech' }), unit('s2', { model: 'speech' }), unit('i', { model: 'image' })];
    const { started } = stage([...kinds, unit('n1', { model: null }), unit('n2', { model: null })]);
    expect([...started].sort()).toEqual(['i', 'n1', 'n2', 's1']);
  });

  test('a unit waits for everything it depends on, except what is not part of the run', async () => {
    const { started, finish, outcome } = stage([
      unit('late', { dependsOn: ['a', 'b', 'made long ago'] }),
      unit('a'),
      unit('b'),
    ]);
    expect(started).toEqual(['a', 'b']);
    await finish('a');
    expect(started).toEqual(['a', 'b']);
    await finish('b');
    expect(started).toEqual(['a', 'b', 'late']);
    await finish('late');
    expect(await outcome).toBe('done');
  });

  test('units opened up by a unit run too, after those that were already waiting', async () => {
    const { started, finish, outcome } = stage([unit('a'), unit('b')], new ModelSlots(slotCounts(1)));
    await finish('a', [unit('a1', { dependsOn: ['a'] }), unit('a2', { dependsOn: ['a1'] })]);
    for (const key of ['b', 'a1', 'a2']) await finish(key);
    expect(started).toEqual(['a', 'b', 'a1', 'a2']);
    expect(await outcome).toBe('done');
  });

  test('two runs share their slots', async () => {
    const slots = new ModelSlots(slotCounts(1));
    const first = stage([unit('a')], slots);
    const second = stage([unit('b')], slots);
    expect(second.started).toEqual([]);
    await first.finish('a');
    expect(second.started).toEqual(['b']);
  });

  test('a slot comes back with how its call ended, so that throttled slots recover only by success', async () => {
    const slots = new RecordingSlots(slotCounts(2));
    const { finish, fail, outcome } = stage([unit('a'), unit('b')], slots);
    await finish('a');
    await fail('b', new Error('boom'));
    await outcome;
    expect(slots.outcomes).toEqual(['succeeded', 'failed']);
  });

  test('nothing to do is done at once', async () => {
    expect(await stage([]).outcome).toBe('done');
  });
});

describe('what ends a run', () => {
  test('after a failure nothing starts, what runs is finished, and the first failure is thrown', async () => {
    const { started, finish, fail, outcome } = stage(
      [...'abcd'].map((key) => unit(key)),
      new ModelSlots(slotCounts(3)),
    );
    const boom = new Error('boom');
    let settled = false;
    void outcome.then(() => {
      settled = true;
    });
    await fail('a', boom);
    expect(settled).toBe(false);
    await finish('b', [unit('opened too late')]);
    await fail('c', new Error('a later one'));
    expect(await outcome).toBe(boom);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  test('an abort reaches running units, starts no others, and gives its reason', async () => {
    const { started, stop, outcome } = stage([...'abc'].map((key) => unit(key)));
    const reason = new Error('stopped');
    stop.abort(reason);
    expect(await outcome).toBe(reason);
    expect(started).toEqual(['a', 'b']);
  });

  test('an abort ends a run that waits for a slot taken by another', async () => {
    const slots = new ModelSlots(slotCounts(1));
    slots.tryAcquire('text');
    const { started, stop, outcome } = stage([unit('a')], slots);
    const reason = new Error('stopped');
    stop.abort(reason);
    expect(await outcome).toBe(reason);
    expect(started).toEqual([]);
  });

  test('an end leaves no listener on the signal or the slots', async () => {
    const slots = new RecordingSlots(slotCounts(1));
    const { finish, stop, outcome } = stage([unit('a', { model: null })], slots);
    expect(slots.listeners).toBe(1);
    await finish('a');
    await outcome;
    expect(slots.listeners).toBe(0);
    // The unit itself still listens: the test does that, not the scheduler.
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  });

  test('an abort before the start starts nothing', async () => {
    const stop = new AbortController();
    stop.abort();
    const { started, outcome } = stage([unit('a')], undefined, stop);
    expect(await outcome).toMatchObject({ name: 'AbortError' });
    expect(started).toEqual([]);
  });

  test('units that wait for each other are named', async () => {
    const circle = [unit('a', { dependsOn: ['b'] }), unit('b', { dependsOn: ['a'] }), unit('c')];
    const { started, finish, outcome } = stage(circle);
    await finish('c');
    expect(started).toEqual(['c']);
    expect(await outcome).toMatchObject({ code: 'internal', message: expect.stringContaining('a, b') });
  });
});
