import { type AnswerCall, type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import type {
  CallContext,
  ImageRequest,
  MediaReply,
  ModelKind,
  Models,
  SpeechRequest,
  TextReply,
  TextRequest,
} from '../../models/ports.ts';
import {
  createGeminiModels,
  DEFAULT_IMAGE_MODEL,
  DEFAULT_TEXT_MODEL,
  DEFAULT_TTS_MODEL,
  type GeminiSettings,
} from './index.ts';

/** Looks like a key, so that a leak of it can be found. */
export const TEST_KEY = 'AIzaTestKey-0123456789_abcdefgh';

/** A whole PNG file of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const TEXT_REQUEST: TextRequest = {
  kind: 'text',
  task: 'CREATE_CONSTITUTION',
  system: 'You write constitutions.',
  turns: [{ role: 'user', text: 'A lighthouse that remembers.' }],
  schema: {
    type: 'object',
    properties: { proposed_story_title: { type: 'string', minLength: 1 } },
    required: ['proposed_story_title'],
  },
};

export const IMAGE_REQUEST: ImageRequest = {
  kind: 'image',
  task: 'CREATE_SHOT_IMAGES',
  system: 'You draw.',
  prompt: '{"shot":{"framing":"wide"}}',
  references: [{ caption: 'Character model sheet of Ada', mimeType: 'image/png', bytes: PNG }],
  aspectRatio: '16:9',
};

export const SPEECH_REQUEST: SpeechRequest = {
  kind: 'speech',
  task: 'CREATE_SHOT_AUDIO',
  prompt: 'Read aloud.\n\nTRANSCRIPT\nnarrator: It was dark.',
  speakers: [{ name: 'narrator', voiceName: 'Kore' }],
};

export const TEXT_ANSWER = '{"proposed_story_title":"The Lamp That Remembers"}';
export const PCM_TYPE = 'audio/L16;codec=pcm;rate=24000';
export const SAMPLES = Buffer.alloc(4_800, 1);

/** Says the same whenever it is asked. */
export const answerPlainly: AnswerCall = ({ kind }) =>
  ({
    text: { text: TEXT_ANSWER },
    image: { bytes: PNG, mimeType: 'image/png' },
    speech: { bytes: SAMPLES, mimeType: PCM_TYPE },
  })[kind];

/** A server that answers plainly, and models that talk to it without ever waiting between attempts. */
export async function startPair(
  settings: Partial<GeminiSettings> = {},
): Promise<{ server: GeminiServer; models: Models }> {
  const server = await startGeminiServer({ answer: answerPlainly, apiKey: TEST_KEY });
  return { server, models: modelsAt(server.baseUrl, settings) };
}

export function modelsAt(baseUrl: string, settings: Partial<GeminiSettings> = {}): Models {
  return createGeminiModels({
    apiKey: TEST_KEY,
    baseUrl,
    textModel: DEFAULT_TEXT_MODEL,
    imageModel: DEFAULT_IMAGE_MODEL,
    ttsModel: DEFAULT_TTS_MODEL,
    sleep: async () => {},
    random: () => 0,
    ...settings,
  });
}

/** Makes the plain call of a kind. */
export function ask(
  models: Models,
  kind: ModelKind,
  context: Partial<CallContext> = {},
): Promise<TextReply | MediaReply> {
  const whole: CallContext = { signal: new AbortController().signal, ...context };
  switch (kind) {
    case 'text':
      return models.text(TEXT_REQUEST, whole);
    case 'image':
      return models.image(IMAGE_REQUEST, whole);
    case 'speech':
      return models.speech(SPEECH_REQUEST, whole);
  }
}
