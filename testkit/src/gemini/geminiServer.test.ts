import type { CallContext, TextRequest } from '@story-tree/agent-backend';
import { createGeminiModels } from '@story-tree/agent-backend/gemini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJsonReply } from '../../../agent-backend/src/models/jsonReply.ts';
import { toPng, toWav, wavDuration } from '../../../agent-backend/src/models/media.ts';
import { createFaultPicker } from './faultRules.ts';
import { type GeminiServer, startGeminiServer, type WireCall } from './geminiServer.ts';

const context: CallContext = { signal: new AbortController().signal };

let server: GeminiServer;

beforeAll(async () => {
  server = await startGeminiServer();
});

afterAll(() => server.close());

function modelsAt(baseUrl: string, ttsModel = 'gemini-2.5-flash-preview-tts') {
  const ids = { textModel: 'gemini-3.8-flash', imageModel: 'gemini-nano-banana-2.1', ttsModel };
  return createGeminiModels({ apiKey: 'any', baseUrl, ...ids });
}

function post(path: string, body: unknown, headers: Record<string, string> = { 'x-goog-api-key': 'any' }) {
  return fetch(`${server.baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('requests that the service would refuse', () => {
  const path = '/v1beta/models/gemini-3.8-flash:generateContent';
  const body = { contents: [{ role: 'user', parts: [{ text: 'x' }] }] };

  it.each([
    ['the path of v1', '/v1/models/gemini-3.8-flash:generateContent', 404],
    ['a stream without events', '/v1beta/models/gemini-3.8-flash:streamGenerateContent', 404],
    ['an unknown model', '/v1beta/models/gpt:generateContent', 404],
  ])('%s', async (_name, wrongPath, status) => {
    expect((await post(wrongPath, body)).status).toBe(status);
  });

  it('one without a key', async () => {
    expect((await post(path, body, {})).status).toBe(403);
  });

  it('a malformed one, and says why', async () => {
    const response = await post(path, { ...body, generationConfig: { temperature: 1 } });
    expect(response.status).toBe(400);
    expect(server.requests.at(-1)?.refusal).toContain('temperature');
  });
});

describe('answers of the stub', () => {
  function askFor(property: string, task: TextRequest['task']): TextRequest {
    const schema = { type: 'object', properties: { [property]: { type: 'string' } }, required: [property] };
    return {
      kind: 'text',
      task,
      system: 'x',
      turns: [{ role: 'user', text: 'Prompt: a lamp\n\nTarget: root' }],
      schema,
    };
  }

  it.each([
    ['proposed_story_title', 'CREATE_CONSTITUTION'],
    ['next_scenelets', 'CREATE_INTERACTIVE_SCRIPT'],
  ] as const)('tell by %s that %s is asked for', async (property, task) => {
    const { text } = await modelsAt(server.baseUrl).text(askFor(property, task), context);
    expect(await parseJsonReply(text)).toHaveProperty(property);
  });

  it('draw', async () => {
    const prompt = JSON.stringify({ character_design: { character_name: 'Ada' } });
    const reply = await modelsAt(server.baseUrl).image(
      { kind: 'image', task: 'CREATE_CHARACTER_MODEL_SHEET', system: 'x', prompt, references: [], aspectRatio: '1:1' },
      context,
    );
    expect(await toPng(reply.bytes)).toBe(reply.bytes);
  });

  it.each([
    ['gemini-2.5-flash-preview-tts', /^audio\/L16;codec=pcm;rate=\d+$/],
    ['gemini-3.8-flash-tts', /^audio\/wav$/],
  ])('speak in the format of %s', async (ttsModel, format) => {
    const reply = await modelsAt(server.baseUrl, ttsModel).speech(
      {
        kind: 'speech',
        task: 'CREATE_SHOT_AUDIO',
        prompt: 'Read aloud.\n\nTRANSCRIPT\nnarrator: It was a dark night at the harbour.',
        speakers: [{ name: 'narrator', voiceName: 'Kore' }],
      },
      context,
    );
    expect(reply.mimeType).toMatch(format);
    expect(wavDuration(toWav(reply.bytes, reply.mimeType))).toBeGreaterThan(1);
  });
});

describe('faults strike', () => {
  const call = (kind: WireCall['kind'], model = 'gemini-x'): WireCall => ({
    kind,
    model,
    path: '',
    streams: false,
    headers: {},
    body: {},
  });
  const sequence = [call('text'), call('image'), call('image', 'special'), call('image')];

  it.each([
    ['everything', {}, [1, 1, 1, 1]],
    ['one kind', { on: 'image' }, [0, 1, 1, 1]],
    ['the n-th of a kind', { on: 'image', nth: 2 }, [0, 0, 1, 0]],
    ['so many times', { times: 2 }, [1, 1, 0, 0]],
    ['chosen calls', { when: ({ model }: WireCall) => model === 'special' }, [0, 0, 1, 0]],
    ['never', { probability: 0 }, [0, 0, 0, 0]],
  ] as const)('%s', (_name, rule, expected) => {
    const pick = createFaultPicker([{ fault: 'overloaded', ...rule }], () => 0.5);
    expect(sequence.map((each) => (pick(each) ? 1 : 0))).toEqual(expected);
  });

  it('by the first rule that fits', () => {
    const pick = createFaultPicker([{ fault: 'stall', on: 'text' }, { fault: 'overloaded' }], () => 0);
    expect(sequence.map((each) => pick(each)?.fault)).toEqual(['stall', 'overloaded', 'overloaded', 'overloaded']);
  });
});
