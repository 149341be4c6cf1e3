import { type CallIdentity, ERROR_CODES, type ErrorCode, StoryTreeError } from '@story-tree/domain';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createMemoryAssets } from '../testing/memoryAssets.ts';
import { type ModelScript, PNG, scriptedModels } from '../testing/scriptedModels.ts';
import { createModelCaller, type ModelCallerOptions } from './caller.ts';
import { createMemoryJournal } from './memoryJournal.ts';
import type { Models } from './ports.ts';
import { ModelSlots, slotCounts } from './slots.ts';

const IDENTITY = { runId: 'run-1', storyId: 'story', workflowTask: 'CREATE_AUDIO_DESIGN', unitKey: 'unit' };
const PICTURE = 'generated/story/picture.png';
const QUESTION = { system: 'Answer.', user: 'How many?', schema: z.object({ count: z.int() }) };
const DRAWING = { system: 'Draw.', prompt: '{}', references: [], aspectRatio: '16:9' } as const;

/** Callers that share a journal and a store, as the runs of one story do. */
function story() {
  const journal = createMemoryJournal();
  const assets = createMemoryAssets();
  const told: string[] = [];
  return {
    journal,
    assets,
    told,
    caller(
      script: ModelScript,
      over: Omit<Partial<ModelCallerOptions>, 'identity'> & { identity?: Partial<CallIdentity> } = {},
    ) {
      const models = scriptedModels(script);
      const options: ModelCallerOptions = {
        ...{ models, journal, assets, slots: new ModelSlots(slotCounts(4)), replay: 'story' },
        signal: new AbortController().signal,
        now: () => new Date('2026-11-20T10:00:00Z'),
        log: () => {},
        tell: (kind) => told.push(kind),
        ...over,
        identity: { ...IDENTITY, ...over.identity },
      };
      return { ...createModelCaller(options), models };
    },
  };
}

/** The same models under names that have a price. */
function priced(script: ModelScript): Pick<Models, 'text' | 'image'> {
  const { text, image } = scriptedModels(script);
  const facts = {
    modelVersion: 'gemini-3.8-flash',
    usage: { input: { text: 1_000 }, cachedInput: 0, output: { text: 1_000 }, thoughts: 0 },
  };
  return {
    text: async (...call) => {
      const reply = await text(...call);
      return { ...reply, facts: { ...reply.facts, ...facts } };
    },
    image: async (...call) => {
      const reply = await image(...call);
      return { ...reply, facts: { ...reply.facts, ...facts } };
    },
  };
}

describe('a committed reply', () => {
  test('is not requested again by any run', async () => {
    const { caller, told } = story();
    await caller({ text: () => ({ count: 3 }) }).document(QUESTION);
    const later = caller({}, { identity: { runId: 'run-2' } });
    expect(await later.document(QUESTION)).toEqual({ count: 3 });
    expect(told).toEqual(['call-started', 'call-replayed']);
  });

  test('is reused only for the same request of the same unit', async () => {
    const { caller } = story();
    await caller({ text: () => ({ count: 3 }) }).document(QUESTION);
    const script = { text: () => ({ count: 4 }) };
    expect(await caller(script).document({ ...QUESTION, user: 'How many now?' })).toEqual({ count: 4 });
    expect(await caller(script, { identity: { unitKey: 'another' } }).document(QUESTION)).toEqual({ count: 4 });
  });

  test('is reused by an override only within its own run', async () => {
    const { caller } = story();
    await caller({ text: () => ({ count: 3 }) }).document(QUESTION);
    const override = { replay: 'run', identity: { runId: 'run-2' } } as const;
    expect(await caller({ text: () => ({ count: 4 }) }, override).document(QUESTION)).toEqual({ count: 4 });
    expect(await caller({}, override).document(QUESTION)).toEqual({ count: 4 });
  });

  test('of a picture counts while its file exists', async () => {
    const { caller, assets } = story();
    await caller({ image: () => PNG }).image(DRAWING, PICTURE);
    await caller({}).image(DRAWING, PICTURE);
    await assets.remove(PICTURE);
    const { models, image } = caller({ image: () => PNG });
    await image(DRAWING, PICTURE);
    expect(models.requests).toHaveLength(1);
    expect(await assets.exists(PICTURE)).toBe(true);
  });

  test('of a picture does not count if another file is in its place', async () => {
    const { caller, assets } = story();
    await caller({ image: () => PNG }).image(DRAWING, PICTURE);
    assets.put(PICTURE, new TextEncoder().encode('another'));
    const { models, image } = caller({ image: () => PNG });
    await image(DRAWING, PICTURE);
    expect(models.requests).toHaveLength(1);
    expect(await assets.read(PICTURE)).toEqual(PNG);
  });

  test('of a picture from an older release, without a hash, counts if its file exists', async () => {
    const { caller, journal } = story();
    await caller({ image: () => PNG }).image(DRAWING, PICTURE);
    for (const call of journal.calls) Object.assign(call, { replySha256: null });
    await caller({}).image(DRAWING, PICTURE);
  });
});

describe('a listener', () => {
  const spoken = (soFar: readonly string[], count: unknown): ModelScript['text'] => {
    return (_request, context) => {
      for (const text of soFar) context.onText?.(text);
      return { count };
    };
  };

  test('hears the reply as it arrives, and from the start when it is requested again', async () => {
    const { caller } = story();
    const heard: string[] = [];
    const scripts = [spoken(['{', '{"count"'], 'many'), spoken(['{"co'], 3)];
    const { document } = caller({ text: (request, context) => scripts.shift()?.(request, context) });
    expect(await document({ ...QUESTION, onText: (soFar) => heard.push(soFar) })).toEqual({ count: 3 });
    expect(heard).toEqual(['{', '{"count"', '', '{"co']);
  });

  test('hears nothing of a reply from the journal', async () => {
    const { caller } = story();
    await caller({ text: () => ({ count: 3 }) }).document(QUESTION);
    const heard: string[] = [];
    expect(await caller({}).document({ ...QUESTION, onText: (soFar) => heard.push(soFar) })).toEqual({ count: 3 });
    expect(heard).toEqual([]);
  });

  test('makes the model stream; without one it does not', async () => {
    const { caller } = story();
    await caller({
      text(_request, context) {
        expect(context.onText).toBeUndefined();
        return { count: 3 };
      },
    }).document(QUESTION);
  });
});

test('what people are told about a reply is short, however long and wild the reply', async () => {
  const { caller } = story();
  const told: string[] = [];
  const wild = `\u0007line\nbreak ${'very '.repeat(1_000)}`;
  const validate = () => [{ path: 'count', message: `"${wild}" is unknown` }];
  const { document } = caller({ text: () => ({ count: 3 }) }, { tell: (_kind, message) => told.push(message) });
  const failure = await failureOf(document({ ...QUESTION, validate }));
  expect(failure.code).toBe('model_reply_invalid');
  for (const sentence of [failure.message, ...told]) {
    expect(sentence.length).toBeLessThan(300);
    expect(sentence).not.toMatch(/\p{Cc}/u);
  }
  expect(failure.message).toContain('line break very');
});

describe('a reply too large to be read', () => {
  const excessive = () => Promise.reject(new StoryTreeError('model_reply_invalid', 'The model sent more than it can.'));

  test('is requested again in the same words', async () => {
    const { caller, journal } = story();
    const replies = [excessive, () => ({ count: 3 })];
    const { models, document } = caller({ text: () => replies.shift()?.() });
    expect(await document(QUESTION)).toEqual({ count: 3 });
    expect(models.requests[1]).toEqual(models.requests[0]);
    expect(journal.calls.map(({ status }) => status)).toEqual(['failed', 'committed']);
  });

  test('every time ends the unit after the usual number of tries', async () => {
    const { caller } = story();
    const { models, document } = caller({ text: excessive });
    expect(await failureOf(document(QUESTION))).toMatchObject({ code: 'model_reply_invalid' });
    expect(models.requests).toHaveLength(3);
  });
});

test('of a reply with thousands of issues only a few are shown and quoted', async () => {
  const { caller } = story();
  const issues = Array.from({ length: 10_000 }, () => ({ path: 'count', message: 'x'.repeat(1_000) }));
  const { models, document } = caller({ text: () => ({ count: 3 }) });
  const failure = await failureOf(document({ ...QUESTION, validate: () => issues }));
  expect(failure.issues).toHaveLength(12);
  const last = models.requests.at(-1);
  expect(last?.kind === 'text' && last.turns.at(-1)?.text.length).toBeLessThan(10_000);
});

describe('a chain of re-asks', () => {
  test('that was interrupted continues where it stopped', async () => {
    const { caller, journal } = story();
    const cut = new StoryTreeError('cancelled', 'Stopped.');
    const replies = [() => ({ count: 'many' }), () => Promise.reject(cut)];
    expect(await failureOf(caller({ text: () => replies.shift()?.() }).document(QUESTION))).toBe(cut);
    expect(journal.calls.map(({ status }) => status)).toEqual(['committed', 'failed']);

    const { models, document } = caller({ text: () => ({ count: 3 }) });
    expect(await document(QUESTION)).toEqual({ count: 3 });
    expect(models.requests.map((request) => request.kind === 'text' && request.turns.length)).toEqual([3]);
  });

  const FAULTS_OF_CONTENT: readonly ErrorCode[] = ['model_blocked', 'model_truncated'];
  /** A reply that cannot be read is none of them: it is asked for again. */
  const codes = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => code !== 'model_reply_invalid');

  test.each(codes)('whose second try ends with %s is kept, unless its content is to blame', async (code) => {
    const { caller, journal } = story();
    const failed = new StoryTreeError(code, 'It did not work.');
    const replies = [() => ({ count: 'many' }), () => Promise.reject(failed)];
    expect(await failureOf(caller({ text: () => replies.shift()?.() }).document(QUESTION))).toBe(failed);
    const isAtFault = FAULTS_OF_CONTENT.includes(code);
    expect(journal.calls[0]?.status).toBe(isAtFault ? 'discarded' : 'committed');

    const { models, document } = caller({ text: () => ({ count: 3 }) });
    await document(QUESTION);
    expect(models.requests.map((request) => request.kind === 'text' && request.turns.length)).toEqual([
      isAtFault ? 1 : 3,
    ]);
  });

  test('that ended with an unexpected error is kept', async () => {
    const { caller, journal } = story();
    const replies = [() => ({ count: 'many' }), () => Promise.reject(new TypeError('a mistake of ours'))];
    await expect(caller({ text: () => replies.shift()?.() }).document(QUESTION)).rejects.toThrow('a mistake');
    expect(journal.calls[0]?.status).toBe('committed');
  });

  test('that ended in a failure is discarded and starts over', async () => {
    const { caller, journal } = story();
    const failure = await failureOf(caller({ text: () => ({ count: 'many' }) }).document(QUESTION));
    expect(failure).toMatchObject({ code: 'model_reply_invalid', issues: [{ path: 'count' }] });
    expect(journal.calls.map(({ status }) => status)).toEqual(['discarded', 'discarded', 'discarded']);

    const { models, document } = caller({ text: () => ({ count: 3 }) });
    await document(QUESTION);
    expect(models.requests.map((request) => request.kind === 'text' && request.turns.length)).toEqual([1]);
  });

  test('quotes what was wrong, even if only our own check finds it', async () => {
    const { caller } = story();
    const replies = [{ count: 2 }, { count: 3 }];
    const validate = ({ count }: { count: number }) => (count === 3 ? [] : [{ path: 'count', message: 'must be 3' }]);
    const { models, document } = caller({ text: () => replies.shift() });
    expect(await document({ ...QUESTION, validate })).toEqual({ count: 3 });
    const [, again] = models.requests;
    expect(again?.kind === 'text' && again.turns[2]?.text).toContain('- count: must be 3');
  });
});

describe('unusable bytes', () => {
  test('are requested again', async () => {
    const { caller, journal, assets, told } = story();
    const replies = [new TextEncoder().encode('sorry'), PNG];
    await caller({ image: () => replies.shift() ?? PNG }).image(DRAWING, PICTURE);
    expect(await assets.read(PICTURE)).toEqual(PNG);
    expect(journal.calls.map(({ status }) => status)).toEqual(['failed', 'committed']);
    expect(told).toContain('call-retried');
  });

  test('three times are a failure, and leave no file', async () => {
    const { caller, assets } = story();
    const { models, image } = caller({ image: () => new Uint8Array(9) });
    expect((await failureOf(image(DRAWING, PICTURE))).code).toBe('model_reply_invalid');
    expect(models.requests).toHaveLength(3);
    expect(assets.files.size).toBe(0);
  });
});

test('a failed call is recorded with its code, and its error is thrown', async () => {
  const { caller, journal } = story();
  const blocked = new StoryTreeError('model_blocked', 'It was refused.');
  expect(await failureOf(caller({ text: () => Promise.reject(blocked) }).document(QUESTION))).toBe(blocked);
  expect(journal.calls).toMatchObject([{ status: 'failed', errorCode: 'model_blocked' }]);
});

test('a journal that cannot be reached does not hide why a call failed', async () => {
  const { caller, journal } = story();
  journal.fail = () => Promise.reject(new StoryTreeError('database_unavailable', 'Gone.'));
  const blocked = new StoryTreeError('model_blocked', 'It was refused.');
  expect(await failureOf(caller({ image: () => Promise.reject(blocked) }).image(DRAWING, PICTURE))).toBe(blocked);
});

test('a run that lost the story writes no file', async () => {
  const { caller, journal, assets } = story();
  journal.commit = () => Promise.reject(new StoryTreeError('lease_lost', 'Another has the story now.'));
  expect((await failureOf(caller({ image: () => PNG }).image(DRAWING, PICTURE))).code).toBe('lease_lost');
  expect(assets.files.size).toBe(0);
});

test('a picture that cannot be stored was paid for all the same', async () => {
  const { caller, journal, assets } = story();
  const failure = new StoryTreeError('file_error', 'The disk is full.');
  const full = { ...assets, stage: () => Promise.reject(failure) };
  await expect(caller({ image: () => PNG }, { assets: full }).image(DRAWING, PICTURE)).rejects.toBe(failure);
  expect(journal.calls).toMatchObject([{ status: 'failed', errorCode: 'file_error', outcome: { attempts: 1 } }]);
});

test.each<[string, ModelScript, (from: ReturnType<ReturnType<typeof story>['caller']>) => Promise<unknown>]>([
  ['a text', { text: () => ({ count: 3 }) }, ({ document }) => document(QUESTION)],
  ['a picture', { image: () => PNG }, ({ image }) => image(DRAWING, PICTURE)],
])('%s that cannot be committed counts against the limit, and its cost is noted', async (_what, script, ask) => {
  const { caller, journal } = story();
  const settled: (number | null)[] = [];
  const budget = { reserve: async () => ({ settle: (costUsd: number | null) => settled.push(costUsd) }) };
  const lost = new StoryTreeError('lease_lost', 'Another has the story now.');
  journal.commit = () => Promise.reject(lost);
  const models = { ...scriptedModels(script), ...priced(script) };
  expect(await failureOf(ask(caller(script, { models, budget })))).toBe(lost);
  expect(settled[0]).toBeGreaterThan(0);
  expect(journal.calls).toMatchObject([
    { status: 'failed', errorCode: 'lease_lost', outcome: { costUsd: settled[0] } },
  ]);
});

test('a service that asks for less load gets it', async () => {
  const { caller } = story();
  const slots = new ModelSlots(slotCounts(4));
  const script: ModelScript = {
    text(_request, context) {
      context.onThrottled?.(1);
      return { count: 3 };
    },
  };
  await caller(script, { slots }).document(QUESTION);
  expect(slots.limit('text')).toBe(2);
});
