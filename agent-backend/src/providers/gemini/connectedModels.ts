import { createRedaction } from '@story-tree/domain';
import type { ModelKind, Models } from '../../models/ports.ts';
import { type CallSettings, callModel, sleepUnlessAborted } from './call.ts';
import { createSend } from './client.ts';
import { planImage, planSpeech, planText } from './requests.ts';
import { DEFAULT_RETRY } from './retry.ts';
import type { UsableSettings } from './settings.ts';

/** Milliseconds that one request may take; estimates. The service itself cuts off after ten minutes. */
const DEFAULT_TIMEOUTS: Readonly<Record<ModelKind, number>> = {
  text: 600_000,
  image: 300_000,
  speech: 180_000,
};

/** The smallest size is the cheapest, and enough for the player's window. */
const DEFAULT_IMAGE_SIZE = '1K';

/** The calls of the models, all through one client of the SDK. No request is made yet. */
export function connectModels(settings: UsableSettings): Omit<Models, 'modelId'> {
  const { textModel, imageModel, ttsModel, imageSize = DEFAULT_IMAGE_SIZE } = settings;
  // A service, or a proxy before it, may repeat what it was sent: then nobody else is to see the key.
  const { redact } = createRedaction([settings.apiKey]);
  const shared = {
    redact,
    retry: { ...DEFAULT_RETRY, ...settings.retry },
    send: createSend(settings),
    sleep: settings.sleep ?? sleepUnlessAborted,
    random: settings.random ?? Math.random,
    // Unaffected when the system clock is set: deadlines depend on it.
    now: settings.now ?? (() => performance.timeOrigin + performance.now()),
  };
  const of = (kind: ModelKind, model: string): CallSettings => ({
    ...shared,
    kind,
    model,
    timeoutMs: settings.timeouts?.[kind] ?? DEFAULT_TIMEOUTS[kind],
  });

  return {
    text: async (request, context) => {
      const { onText } = context;
      const plan = planText(request, textModel, onText && ((soFar) => onText(redact(soFar))));
      const { content, facts } = await callModel(plan, of('text', textModel), context);
      return { text: redact(content), facts };
    },
    image: async (request, context) => {
      const plan = planImage(request, imageModel, imageSize);
      const { content, facts } = await callModel(plan, of('image', imageModel), context);
      return { ...content, facts };
    },
    speech: async (request, context) => {
      const { content, facts } = await callModel(planSpeech(request, ttsModel), of('speech', ttsModel), context);
      return { ...content, facts };
    },
  };
}
