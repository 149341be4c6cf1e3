import { digest, type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallContext, Models } from '../../models/ports.ts';
import { createGeminiModels } from './index.ts';
import {
  answerPlainly,
  ask,
  IMAGE_REQUEST,
  modelsAt,
  PCM_TYPE,
  PNG,
  SAMPLES,
  SPEECH_REQUEST,
  startPair,
  TEST_KEY,
  TEXT_ANSWER,
  TEXT_REQUEST,
} from './testCalls.ts';

const context: CallContext = { signal: new AbortController().signal };

let server: GeminiServer;
let models: Models;

beforeAll(async () => {
  ({ server, models } = await startPair());
});

afterAll(() => server.close());

afterEach(() => {
  server.setFault();
  vi.unstubAllEnvs();
});

const lastRequest = () => server.requests.at(-1);

describe('settings', () => {
  const rest = { textModel: 'a', imageModel: 'b', ttsModel: 'c' };

  it.each(['', '   ', 'two words', 'line\nbreak', 'schlüssel'])(
    'refuse %j as a key, without repeating it',
    (apiKey) => {
      const create = () => createGeminiModels({ apiKey, ...rest });
      expect(create).toThrow(expect.objectContaining({ code: 'not_configured' }));
      if (apiKey.trim() !== '') expect(create).not.toThrow(apiKey);
    },
  );

  it.each(['nowhere', 'ftp://127.0.0.1', 'file:///etc'])('refuse %s as an address', (baseUrl) => {
    const create = () => createGeminiModels({ apiKey: 'x', baseUrl, ...rest });
    expect(create).toThrow(expect.objectContaining({ code: 'not_configured' }));
  });

  it('say which model a kind goes to', () => {
    const custom = createGeminiModels({ apiKey: 'x', ...rest });
    expect([custom.modelId('text'), custom.modelId('image'), custom.modelId('speech')]).toEqual(['a', 'b', 'c']);
  });

  it('are not overridden by the environment of the SDK', async () => {
    vi.stubEnv('GOOGLE_API_KEY', 'key-of-the-environment');
    vi.stubEnv('GEMINI_API_KEY', 'other-key-of-the-environment');
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('GOOGLE_GENAI_USE_VERTEXAI', 'true');
    vi.stubEnv('GOOGLE_GENAI_API_VERSION', 'v1');
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    await ask(modelsAt(server.baseUrl), 'text');
    expect(lastRequest()).toMatchObject({
      path: '/v1beta/models/gemini-3.8-flash:generateContent',
      headers: { 'x-goog-api-key': TEST_KEY },
    });
    vi.restoreAllMocks();
  });

  it('tolerate white space around key and address, and a slash at its end', async () => {
    await ask(modelsAt(` ${server.baseUrl}/ `, { apiKey: ` ${TEST_KEY}\n` }), 'text');
    expect(lastRequest()?.refusal).toBeNull();
  });

  it('let another image size through, and none to models that have only one', async () => {
    await ask(modelsAt(server.baseUrl, { imageSize: '2K' }), 'image');
    expect(lastRequest()?.body.generationConfig?.imageConfig).toEqual({ aspectRatio: '16:9', imageSize: '2K' });
    await ask(modelsAt(server.baseUrl, { imageModel: 'gemini-2.5-flash-image' }), 'image');
    expect(lastRequest()?.body.generationConfig?.imageConfig).toEqual({ aspectRatio: '16:9' });
  });
});

describe('a text request', () => {
  it('asks for JSON by a schema within the subset', async () => {
    const reply = await models.text(TEXT_REQUEST, context);
    expect(reply.text).toBe(TEXT_ANSWER);
    expect(lastRequest()).toMatchObject({ status: 200, path: '/v1beta/models/gemini-3.8-flash:generateContent' });
    expect(lastRequest()?.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'A lighthouse that remembers.' }] }],
      systemInstruction: { role: 'user', parts: [{ text: 'You write constitutions.' }] },
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: {
          type: 'object',
          properties: { proposed_story_title: { type: 'string', description: 'not empty' } },
          required: ['proposed_story_title'],
        },
      },
    });
  });

  it('carries every turn in its role', async () => {
    const turns = [
      { role: 'user', text: 'Write it.' },
      { role: 'model', text: '{"wrong":1}' },
      { role: 'user', text: 'The title is missing.' },
    ] as const;
    await models.text({ ...TEXT_REQUEST, system: '', turns }, context);
    expect(lastRequest()?.body.contents).toEqual(turns.map(({ role, text }) => ({ role, parts: [{ text }] })));
    expect(lastRequest()?.body).not.toHaveProperty('systemInstruction');
  });

  it.each([
    ['gemini-3.8-flash', { thinkingLevel: 'LOW' }],
    ['gemini-2.5-flash', { thinkingBudget: 1_024 }],
  ])('gives %s more room after a truncated reply', async (textModel, thinkingConfig) => {
    server.setFault({ fault: 'truncated', nth: 1 });
    await ask(modelsAt(server.baseUrl, { textModel }), 'text');
    expect(server.requests.at(-2)?.body.generationConfig).not.toHaveProperty('maxOutputTokens');
    expect(lastRequest()?.body.generationConfig).toMatchObject({ maxOutputTokens: 65_536, thinkingConfig });
  });

  it('reads its reply without thoughts, from however many parts', async () => {
    server.setFault({ fault: 'split-json' });
    expect((await models.text(TEXT_REQUEST, context)).text).toBe(TEXT_ANSWER);
  });
});

describe('an image request', () => {
  it('sends references behind their captions, the prompt last and as it is', async () => {
    const portrait = { caption: 'Environment: the harbour', mimeType: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) };
    const request = { ...IMAGE_REQUEST, references: [...IMAGE_REQUEST.references, portrait] };
    const reply = await models.image(request, context);
    expect(reply).toMatchObject({ mimeType: 'image/png' });
    expect(PNG.equals(reply.bytes)).toBe(true);
    expect(lastRequest()).toMatchObject({ status: 200, path: '/v1beta/models/gemini-nano-banana-2.1:generateContent' });
    expect(lastRequest()?.body).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Character model sheet of Ada' },
            { inlineData: { mimeType: 'image/png', data: digest(PNG) } },
            { text: 'Environment: the harbour' },
            { inlineData: { mimeType: 'image/jpeg', data: digest(portrait.bytes) } },
            { text: '{"shot":{"framing":"wide"}}' },
          ],
        },
      ],
      systemInstruction: { role: 'user', parts: [{ text: 'You draw.' }] },
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: { aspectRatio: '16:9', imageSize: '1K' },
      },
    });
  });

  it.each(['draft-images', 'image-as-thought'] as const)('takes the finished image of %s', async (fault) => {
    server.setFault({ fault });
    const { bytes } = await models.image(IMAGE_REQUEST, context);
    expect(PNG.equals(bytes)).toBe(true);
  });

  it('says in which format the image came', async () => {
    server.setFault({ fault: 'jpeg' });
    expect(await models.image(IMAGE_REQUEST, context)).toMatchObject({ mimeType: 'image/jpeg' });
  });
});

describe('a speech request', () => {
  it('has one voice for one speaker, and no system instruction', async () => {
    const reply = await models.speech(SPEECH_REQUEST, context);
    expect(reply).toMatchObject({ mimeType: PCM_TYPE });
    expect(SAMPLES.equals(reply.bytes)).toBe(true);
    expect(lastRequest()?.path).toBe('/v1beta/models/gemini-2.5-flash-preview-tts:generateContent');
    expect(lastRequest()?.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: SPEECH_REQUEST.prompt }] }],
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
    });
  });

  it('has two voices with their names for two', async () => {
    const speakers = [
      { name: 'narrator', voiceName: 'Kore' },
      { name: 'li-xiaolong', voiceName: 'Puck' },
    ] as const;
    await models.speech({ ...SPEECH_REQUEST, speakers }, context);
    expect(lastRequest()?.body.generationConfig?.speechConfig).toEqual({
      multiSpeakerVoiceConfig: {
        speakerVoiceConfigs: speakers.map(({ name, voiceName }) => ({
          speaker: name,
          voiceConfig: { prebuiltVoiceConfig: { voiceName } },
        })),
      },
    });
  });

  it('joins a recording that comes in parts', async () => {
    server.setFault({ fault: 'split-pcm' });
    const { bytes } = await models.speech(SPEECH_REQUEST, context);
    expect(SAMPLES.equals(bytes)).toBe(true);
  });
});

describe('the address', () => {
  it('may be that of a proxy below a path', async () => {
    const proxy = await startGeminiServer({ answer: answerPlainly });
    await expect(ask(modelsAt(`${proxy.baseUrl}/gateway`), 'text')).rejects.toMatchObject({ code: 'model_rejected' });
    expect(proxy.requests[0]?.path).toBe('/gateway/v1beta/models/gemini-3.8-flash:generateContent');
    await proxy.close();
  });

  it('may be dead', async () => {
    const gone = await startGeminiServer({ answer: answerPlainly });
    await gone.close();
    await expect(ask(modelsAt(gone.baseUrl), 'text')).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  it('answers a wrong key with what to do about it', async () => {
    await expect(ask(modelsAt(server.baseUrl, { apiKey: 'wrong' }), 'text')).rejects.toMatchObject({
      code: 'model_unauthorized',
      message: expect.stringContaining('GEMINI_API_KEY'),
    });
  });
});
