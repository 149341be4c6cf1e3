import type { ModelKind, Models } from '@story-tree/agent-backend';
import {
  createGeminiModels,
  DEFAULT_BASE_URL,
  DEFAULT_IMAGE_MODEL,
  DEFAULT_TEXT_MODEL,
  DEFAULT_TTS_MODEL,
} from '@story-tree/agent-backend/gemini';
import { type StoryMode, StoryTreeError } from '@story-tree/domain';
import { createStubModels, STUB_MODEL_IDS, type StubSettings } from '@story-tree/stub-models';
import type { Environment } from './environment.ts';
import { proxyFor } from './proxies.ts';

/** Real if there is an API key, otherwise stub. */
export function defaultMode(environment: Environment): StoryMode {
  return environment.GEMINI_API_KEY ? 'real' : 'stub';
}

/** A sentence that says which models a story is made with. */
export function modeNote(mode: StoryMode): string {
  return mode === 'stub'
    ? 'Mode: stub. Text, pictures and voices come from material that ships with Story Tree; nothing costs anything.'
    : 'Mode: real. Text, pictures and voices come from Gemini; calls cost money.';
}

/** The models of a mode. @throws StoryTreeError `not_configured` for real models without a key */
export function createModels(mode: StoryMode, environment: Environment): Models {
  return mode === 'stub' ? createStubModels(stubSettings(environment)) : createRealModels(environment);
}

/** The id of the model for each kind of request, whether or not there is a key to call it. */
export function modelIds(mode: StoryMode, environment: Environment): Readonly<Record<ModelKind, string>> {
  if (mode === 'stub') return STUB_MODEL_IDS;
  return {
    text: environment.GEMINI_TEXT_MODEL ?? DEFAULT_TEXT_MODEL,
    image: environment.GEMINI_IMAGE_MODEL ?? DEFAULT_IMAGE_MODEL,
    speech: environment.GEMINI_TTS_MODEL ?? DEFAULT_TTS_MODEL,
  };
}

function createRealModels(environment: Environment): Models {
  const apiKey = requireKey(environment);
  const { GEMINI_TIMEOUT_MS: timeout, GEMINI_DEADLINE_MS: deadlineMs } = environment;
  const { text, image, speech } = modelIds('real', environment);
  return createGeminiModels({
    apiKey,
    baseUrl: environment.GEMINI_BASE_URL,
    proxy: proxyFor(environment.GEMINI_BASE_URL ?? DEFAULT_BASE_URL, environment) ?? undefined,
    textModel: text,
    imageModel: image,
    ttsModel: speech,
    imageSize: environment.GEMINI_IMAGE_SIZE,
    ...(timeout === undefined ? {} : { timeouts: { text: timeout, image: timeout, speech: timeout } }),
    ...(deadlineMs === undefined ? {} : { retry: { deadlineMs } }),
  });
}

/** @throws StoryTreeError `not_configured` */
function requireKey({ GEMINI_API_KEY }: Environment): string {
  if (GEMINI_API_KEY) return GEMINI_API_KEY;
  throw new StoryTreeError(
    'not_configured',
    'Real mode needs a Gemini API key: set GEMINI_API_KEY and start again, or choose stub mode, which needs none.',
  );
}

/** The stub's settings from the environment. */
export function stubSettings(environment: Environment): StubSettings {
  const { STUB_SCENELETS, STUB_SHOTS_PER_SCENELET, STUB_BRANCHING, STUB_LATENCY_MS } = environment;
  return {
    ...(STUB_SCENELETS === undefined ? {} : { sceneletCount: STUB_SCENELETS }),
    ...(STUB_SHOTS_PER_SCENELET === undefined ? {} : { shotsPerScenelet: STUB_SHOTS_PER_SCENELET }),
    ...(STUB_BRANCHING === undefined ? {} : { branching: STUB_BRANCHING }),
    ...(STUB_LATENCY_MS === undefined ? {} : { latencyMs: STUB_LATENCY_MS }),
  };
}
