import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelRequest, Models } from '@story-tree/agent-backend';
import { PLAIN_MEDIA, scriptedModels } from '@story-tree/agent-backend/testing';
import { createStubModels, type StubSettings } from '@story-tree/stub-models';
import { canonicalize } from '../../agent-backend/src/models/canonical.ts';

/** How long a model takes for a request, in milliseconds, by the request's hash: the same in every run. */
export type Pace = (hash: string) => number;

export const steady =
  (milliseconds: number): Pace =>
  () =>
    milliseconds;

/** Most replies are quick, a few take many times as long: log-normal around the median, at most ten times the median. */
export const longTailed =
  (medianMs: number): Pace =>
  (hash) => {
    const part = (from: number) => (Number.parseInt(hash.slice(from, from + 8), 16) + 1) / 2 ** 32;
    const normal = Math.sqrt(-2 * Math.log(part(0))) * Math.cos(2 * Math.PI * part(8));
    return medianMs * Math.min(10, Math.exp(0.8 * normal));
  };

/** The stub's documents, and media that take no work to make: otherwise we would measure the stub's painter. */
export function pacedModels(story: StubSettings, pace: Pace): Models {
  const stub = createStubModels(story);
  const media = scriptedModels(PLAIN_MEDIA);
  const paced =
    <Request extends ModelRequest, Rest extends unknown[], Reply>(
      ask: (request: Request, ...rest: Rest) => Promise<Reply>,
    ) =>
    async (request: Request, ...rest: Rest): Promise<Reply> => {
      await sleep(pace(canonicalize(request, stub.modelId(request.kind)).hash));
      return ask(request, ...rest);
    };
  return {
    modelId: stub.modelId,
    text: paced(stub.text),
    image: paced(media.image),
    speech: paced(media.speech),
  };
}
