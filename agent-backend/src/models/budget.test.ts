import { type RunSpending, StoryTreeError } from '@story-tree/domain';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryAssets } from '../testing/memoryAssets.ts';
import { type ModelScript, PNG, scriptedModels } from '../testing/scriptedModels.ts';
import { type BudgetGround, type CallBudget, createBudget, type PlannedCall } from './budget.ts';
import { createModelCaller } from './caller.ts';
import { createMemoryJournal } from './memoryJournal.ts';
import { ModelSlots, slotCounts } from './slots.ts';

const CALL: PlannedCall = { workflowTask: 'CREATE_SHOT_IMAGES', kind: 'image', model: 'a-model' };
const NOTHING: RunSpending = { calls: 0, costUsd: 0, unfinished: [] };

function budget(limit: number, ground: Partial<BudgetGround> = {}) {
  return createBudget(limit, async () => ({ spent: NOTHING, likelyCost: () => 1, ...ground }));
}

const codeOf = async (promise: Promise<unknown>) => (await failureOf(promise)).code;

describe('a budget', () => {
  it('lets calls start as far as the money goes, to the last cent', async () => {
    const { reserve } = budget(2);
    await reserve(CALL);
    await reserve(CALL);
    expect(await codeOf(reserve(CALL))).toBe('budget_reached');
  });

  it('is not exceeded by simultaneous calls', async () => {
    const { reserve } = budget(2.5);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => reserve(CALL)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });

  it('counts what calls actually cost', async () => {
    const { reserve } = budget(2);
    (await reserve(CALL)).settle(0.4);
    (await reserve(CALL)).settle(0.4);
    await reserve(CALL);
    expect(await codeOf(reserve(CALL))).toBe('budget_reached');
  });

  it('expects a call to cost as much as the most expensive one of its task', async () => {
    const { reserve } = budget(5);
    (await reserve(CALL)).settle(3);
    expect(await codeOf(reserve(CALL))).toBe('budget_reached');
    await reserve({ ...CALL, workflowTask: 'CREATE_SHOT_AUDIO' });
  });

  it('counts each call once, and a call without a price as nothing', async () => {
    const { reserve } = budget(2);
    const first = await reserve(CALL);
    first.settle(null);
    first.settle(2);
    await reserve(CALL);
    await reserve(CALL);
  });

  it('counts what the run had spent before, and calls in progress when it was killed', async () => {
    const spent = { calls: 3, costUsd: 0.7, unfinished: [CALL] };
    expect(await codeOf(budget(2.6, { spent }).reserve(CALL))).toBe('budget_reached');
    await budget(2.7, { spent }).reserve(CALL);
  });

  it('reads what it is calculated from only once', async () => {
    let reads = 0;
    const { reserve } = createBudget(9, async () => {
      reads += 1;
      return { spent: NOTHING, likelyCost: () => 1 };
    });
    await Promise.all([reserve(CALL), reserve(CALL)]);
    expect(reads).toBe(1);
  });

  it('says what is spent, what is in progress and how to continue', async () => {
    const { reserve } = budget(2, { spent: { ...NOTHING, costUsd: 0.5 } });
    await reserve(CALL);
    expect((await failureOf(reserve(CALL))).message).toMatch(
      /^The limit of \$2\.00 is reached: \$0\.50 is spent, about \$1\.00 is in progress.*with a higher limit/,
    );
  });
});

describe('a call within a budget', () => {
  const QUESTION = { system: 'Answer.', user: 'How many?', schema: z.object({ count: z.int() }) };
  const DRAWING = { system: 'Draw.', prompt: '{}', references: [], aspectRatio: '16:9' } as const;
  const PICTURE = 'generated/story/picture.png';

  function story() {
    const journal = createMemoryJournal();
    const assets = createMemoryAssets();
    return {
      journal,
      caller(script: ModelScript, given: CallBudget) {
        const models = scriptedModels(script);
        const identity = { runId: 'run-1', storyId: 'story', workflowTask: 'CREATE_AUDIO_DESIGN', unitKey: 'unit' };
        const caller = createModelCaller({
          ...{ models, journal, assets, identity, slots: new ModelSlots(slotCounts(4)), replay: 'story' },
          budget: given,
          signal: new AbortController().signal,
          now: () => new Date('2026-11-20T10:00:00Z'),
          log: () => {},
          tell: () => {},
        });
        return { ...caller, models };
      },
    };
  }

  it('that would exceed it is not started, not even in the journal', async () => {
    const { caller, journal } = story();
    const { document, image, models } = caller({ text: () => ({ count: 3 }), image: () => PNG }, budget(0.5));
    expect(await codeOf(document(QUESTION))).toBe('budget_reached');
    expect(await codeOf(image(DRAWING, PICTURE))).toBe('budget_reached');
    expect(models.requests).toEqual([]);
    expect(journal.calls).toEqual([]);
  });

  it('costs nothing if its reply is in the journal', async () => {
    const { caller } = story();
    await caller({ text: () => ({ count: 3 }) }, budget(1)).document(QUESTION);
    expect(await caller({}, budget(0.1)).document(QUESTION)).toEqual({ count: 3 });
  });

  it('keeps the paid part of a chain of re-asks for the next run', async () => {
    const { caller, journal } = story();
    const purses = [budget(1), budget(0)];
    const forOneCall: CallBudget = { reserve: async (call) => (purses.shift() ?? budget(0)).reserve(call) };
    expect(await codeOf(caller({ text: () => ({ count: 'many' }) }, forOneCall).document(QUESTION))).toBe(
      'budget_reached',
    );
    expect(journal.calls.map(({ status }) => status)).toEqual(['committed']);

    const { models, document } = caller({ text: () => ({ count: 3 }) }, budget(1));
    expect(await document(QUESTION)).toEqual({ count: 3 });
    expect(models.requests.map((request) => request.kind === 'text' && request.turns.length)).toEqual([3]);
  });

  it('gives its reservation back when it fails without cost', async () => {
    const { caller } = story();
    const replies = [() => Promise.reject(new StoryTreeError('model_empty', 'Nothing came.')), () => ({ count: 3 })];
    const { document } = caller({ text: () => replies.shift()?.() }, budget(1));
    expect(await codeOf(document(QUESTION))).toBe('model_empty');
    expect(await document(QUESTION)).toEqual({ count: 3 });
  });
});
