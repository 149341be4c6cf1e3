import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ModelSlots, slotCounts } from '../models/slots.ts';
import { modelsAt } from '../providers/gemini/testCalls.ts';
import { answerChatTurn } from './index.ts';

const WISH = 'A 🐕 called "Senta", please.';
const CONSTITUTION = '# The Lantern Keeper\n\nShe keeps it lit.';

let server: GeminiServer;

beforeAll(async () => {
  server = await startGeminiServer();
});

afterAll(() => server.close());

afterEach(() => server.setFault());

/** A turn that the real adapter asks for over the wire, with the stub behind it. */
function chat(over: { signal?: AbortSignal; slots?: ModelSlots } = {}) {
  const state = tellableStory();
  const rig = workflowRig(state);
  const heard: string[] = [];
  const turn = {
    ...{ storyId: state.story.id, turn: 1, turns: 2, constitution: CONSTITUTION, exchanges: [], message: WISH },
    onReply: (soFar: string) => heard.push(soFar),
  };
  const dependencies = { ...rig.dependencies, models: modelsAt(server.baseUrl), ...over };
  return { ...rig, heard, answer: () => answerChatTurn(turn, dependencies) };
}

describe('a turn', () => {
  test('is answered, and its words are reported as they arrive', async () => {
    const { answer, heard } = chat();
    const { reply, constitution } = await answer();
    expect(reply).toContain(`“${WISH}”`);
    expect(constitution).toBe(`${CONSTITUTION}\n\n## Wishes\n\n- ${WISH}`);
    expect(heard.length).toBeGreaterThan(5);
    expect(heard.at(-1)).toBe(reply);
    expect(heard.every((soFar) => reply.startsWith(soFar))).toBe(true);
  });

  test('is well formed on the wire: the words come before the document', async () => {
    await chat().answer();
    const request = server.requests.at(-1);
    expect(request).toMatchObject({ streams: true, refusal: null });
    expect(request?.body.systemInstruction?.parts?.[0]?.text).toMatch(/^# Story editor\n/);
    expect(Object.keys(request?.body.generationConfig?.responseJsonSchema?.properties ?? {})).toEqual([
      'reply',
      'story_constitution_markdown',
    ]);
  });

  test('is in the journal, and reported as progress', async () => {
    const { answer, journal, progress } = chat();
    await answer();
    expect(journal.calls).toMatchObject([
      { runId: 'run-1', workflowTask: 'CONSTITUTION_CHAT_UPDATE', unitKey: 'turn-1', status: 'committed' },
    ]);
    expect(progress).toEqual([
      {
        ...{ kind: 'call-started', task: 'CONSTITUTION_CHAT_UPDATE', unit: 'turn-1', completed: 0, total: 2 },
        message: 'turn-1: asking the text model.',
      },
    ]);
  });

  test('that was answered before is not paid for again', async () => {
    const { answer } = chat();
    const first = await answer();
    const before = server.requests.length;
    expect(await answer()).toEqual(first);
    expect(server.requests.length).toBe(before);
  });

  test.each([1, 3, 8])('whose answer breaks off after %i events starts over', async (afterEvents) => {
    server.setFault({ fault: 'stream-cut', afterEvents, nth: 1 });
    const { answer, heard, progress } = chat();
    const { reply } = await answer();
    expect(heard.slice(heard.lastIndexOf('') + 1).length).toBeGreaterThan(5);
    expect(heard.at(-1)).toBe(reply);
    expect(progress.map(({ kind }) => kind)).toEqual(['call-started', 'call-retried']);
  });

  test('whose answer cannot be used is asked for again', async () => {
    server.setFault({ fault: 'invalid-document', nth: 1 });
    const { answer, progress } = chat();
    expect((await answer()).constitution).toContain(WISH);
    expect(progress.map(({ kind }) => kind)).toEqual(['call-started', 'call-retried', 'call-started']);
  });

  test.each([
    ['safety', 'model_blocked'],
    ['truncated', 'model_truncated'],
    ['bad-key', 'model_unauthorized'],
    ['not-json', 'model_reply_invalid'],
  ] as const)('that ends in %s fails with a sentence, a code and nothing else', async (fault, code) => {
    server.setFault({ fault });
    const { answer, progress } = chat();
    const failure = await failureOf(answer());
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('I would rather');
    expect(progress.map(({ message }) => message).join(' ')).not.toMatch(/I would rather|AIza/);
  });

  test('that is stopped says so', async () => {
    server.setFault({ fault: 'stream-stall' });
    const controller = new AbortController();
    const { answer, heard } = chat({ signal: controller.signal });
    const push = heard.push.bind(heard);
    heard.push = (...words) => {
      controller.abort(new Error('the person pressed a key'));
      return push(...words);
    };
    const failure = await failureOf(answer());
    expect(failure.code).toBe('cancelled');
    expect(failure.message).toBe('Stopped. What was finished is kept; run it again to continue.');
  });

  test('takes a slot of the text model, and gives it back', async () => {
    const slots = new ModelSlots(slotCounts(1));
    expect(slots.tryAcquire('text')).toBe(true);
    const { answer, journal } = chat({ slots });
    const call = answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(journal.calls).toEqual([]);
    slots.release('text', 'succeeded');
    await call;
    expect(slots.tryAcquire('text')).toBe(true);
  });
});
