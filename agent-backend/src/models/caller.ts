import {
  type AssetStore,
  type CallIdentity,
  type CallOutcome,
  type CommittedReply,
  type Log,
  type ModelCallJournal,
  StoryTreeError,
  toStoryTreeError,
} from '@story-tree/domain';
import { type CallBudget, NO_LIMIT, type Reservation } from './budget.ts';
import { canonicalize } from './canonical.ts';
import { askForDocument, type DocumentRequest, type JournaledText, type TextCalls } from './document.ts';
import { toPng, toWav } from './media.ts';
import type {
  CallContext,
  CallFacts,
  ImageRequest,
  MediaReply,
  ModelRequest,
  Models,
  SpeechRequest,
  TextRequest,
} from './ports.ts';
import { costInUsd } from './prices.ts';
import type { ModelSlots } from './slots.ts';

/** How a unit calls models. Every call goes through the journal: a committed reply is never paid for again. */
export interface ModelCaller {
  /**
   * Asks for a validated document; after a reply that fails validation the model is asked again with the issues quoted.
   * @throws StoryTreeError `model_reply_invalid` if the last try fails too
   */
  document<T>(request: DocumentRequest<T>): Promise<T>;
  /** Makes an image and stores it at `path` as a PNG. */
  image(request: Omit<ImageRequest, 'kind' | 'task'>, path: string): Promise<void>;
  /** Makes speech and stores it at `path` as a WAV. */
  speech(request: Omit<SpeechRequest, 'kind' | 'task'>, path: string): Promise<void>;
}

export interface ModelCallerOptions {
  models: Models;
  journal: ModelCallJournal;
  assets: AssetStore;
  slots: ModelSlots;
  identity: Pick<CallIdentity, 'runId' | 'storyId' | 'workflowTask' | 'unitKey'>;
  /** Whose committed replies are reused: those of any run of the story, or only of this run (an override). */
  replay: 'story' | 'run';
  /** What the run may spend; unlimited by default. */
  budget?: CallBudget | undefined;
  signal: AbortSignal;
  now(): Date;
  log: Log;
  tell(kind: CallProgress, message: string): void;
}

/** What happens to a call, reported as progress. */
export type CallProgress = 'call-started' | 'call-replayed' | 'call-retried';

/** Turns what the model sent into the file that is kept. */
type MediaConverter = (reply: MediaReply) => Uint8Array | Promise<Uint8Array>;

/** Tries for one image or sound whose bytes turn out unusable. */
const MEDIA_TRIES = 3;

export function createModelCaller(options: ModelCallerOptions): ModelCaller {
  const calls = new JournaledCalls(options);
  const task = options.identity.workflowTask;
  return {
    document: (request) => askForDocument(task, request, calls),
    image: (request, path) => calls.media({ ...request, kind: 'image', task }, path, (reply) => toPng(reply.bytes)),
    speech: (request, path) =>
      calls.media({ ...request, kind: 'speech', task }, path, (reply) => toWav(reply.bytes, reply.mimeType)),
  };
}

/** A call that is in the journal and that the budget has room for. */
interface StartedCall {
  callId: string;
  reservation: Reservation;
}

class JournaledCalls implements TextCalls {
  readonly #options: ModelCallerOptions;

  constructor(options: ModelCallerOptions) {
    this.#options = options;
  }

  /** `onText` is called with the reply as it is written; a reply from the journal is returned at once instead. */
  async text(request: TextRequest, onText?: (soFar: string) => void): Promise<JournaledText> {
    const { journal, models } = this.#options;
    const { identity, start, committed } = await this.#lookUp(request);
    if (committed?.replyText != null) {
      this.#replayed(identity);
      return { callId: committed.callId, text: committed.replyText };
    }
    const call = await start();
    return this.#attempt(call, request, async (context) => {
      const reply = await models.text(request, { ...context, ...(onText && { onText }) });
      await this.#store(call, reply.facts, context, async (paid) => {
        await journal.commit(call.callId, { text: reply.text }, paid);
      });
      return { callId: call.callId, text: reply.text };
    });
  }

  async media(request: ImageRequest | SpeechRequest, path: string, convert: MediaConverter): Promise<void> {
    const { assets, journal, models } = this.#options;
    const { identity, start, committed } = await this.#lookUp(request);
    if (committed?.replyFile === path && (await this.#isStored(committed))) {
      this.#replayed(identity);
      return;
    }
    for (let tries = 1; ; tries += 1) {
      const call = await start();
      try {
        await this.#attempt(call, request, async (context) => {
          const reply =
            request.kind === 'image' ? await models.image(request, context) : await models.speech(request, context);
          await this.#store(call, reply.facts, context, async (paid) => {
            const file = await assets.stage(path, await convert(reply));
            try {
              await journal.commit(call.callId, { file }, paid);
            } finally {
              await file.discard();
            }
          });
        });
        return;
      } catch (error) {
        const unusable = error instanceof StoryTreeError && error.code === 'model_reply_invalid';
        if (!unusable || tries >= MEDIA_TRIES) throw error;
        this.#options.tell('call-retried', `${error.message} Asking again.`);
      }
    }
  }

  /** Other bytes at that path belong to another reply, whose record was lost: then this reply is lost, too. */
  async #isStored({ replyFile, replySha256 }: CommittedReply): Promise<boolean> {
    const { assets } = this.#options;
    if (replyFile === null) return false;
    return replySha256 === null ? assets.exists(replyFile) : (await assets.sha256(replyFile)) === replySha256;
  }

  discard(callIds: readonly string[]): Promise<void> {
    return this.#options.journal.discard(callIds);
  }

  retrying(message: string): void {
    this.#options.tell('call-retried', message);
  }

  async #lookUp(request: ModelRequest) {
    const { journal, models, replay } = this.#options;
    const model = models.modelId(request.kind);
    const canonical = canonicalize(request, model);
    const identity: CallIdentity = {
      ...this.#options.identity,
      kind: request.kind,
      model,
      requestHash: canonical.hash,
    };
    this.#options.log('debug', 'model request', { ...this.#options.identity, request: canonical.readable });
    return {
      identity,
      committed: await journal.findCommitted(identity, replay),
      start: async (): Promise<StartedCall> => {
        const reservation = await (this.#options.budget ?? NO_LIMIT).reserve(identity);
        try {
          return { callId: await journal.start(identity, canonical.request, canonical.texts), reservation };
        } catch (error) {
          reservation.settle(0);
          throw error;
        }
      },
    };
  }

  #replayed(identity: CallIdentity): void {
    this.#options.tell('call-replayed', `${identity.unitKey}: reusing the stored reply, nothing to pay.`);
  }

  async #attempt<T>(
    { callId, reservation }: StartedCall,
    request: ModelRequest,
    call: (context: CallContext) => Promise<T>,
  ): Promise<T> {
    const { signal, slots, tell } = this.#options;
    const started = performance.now();
    let wasted: CallFacts | undefined;
    tell('call-started', `${this.#options.identity.unitKey}: asking the ${request.kind} model.`);
    try {
      return await call({
        signal,
        onRetry: (reason, waitMs) => tell('call-retried', `${reason} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
        onThrottled: (pauseMs) => slots.throttle(request.kind, pauseMs),
        onWasted: (facts) => {
          wasted = facts;
        },
      });
    } catch (error) {
      reservation.settle(wasted === undefined ? 0 : this.#outcome(wasted).costUsd);
      await this.#noteFailure(callId, toStoryTreeError(error).code, performance.now() - started, wasted);
      throw error;
    }
  }

  /** A reply that cannot be used or stored was paid for all the same. */
  async #store(
    { reservation }: StartedCall,
    facts: CallFacts,
    context: CallContext,
    commit: (paid: CallOutcome) => Promise<void>,
  ): Promise<void> {
    const outcome = this.#outcome(facts);
    reservation.settle(outcome.costUsd);
    try {
      await commit(outcome);
    } catch (error) {
      context.onWasted?.(facts);
      throw error;
    }
  }

  /** What the call threw matters more than a journal that cannot be reached. */
  async #noteFailure(callId: string, code: string, latencyMs: number, wasted?: CallFacts): Promise<void> {
    const { journal, log } = this.#options;
    const outcome = wasted === undefined ? undefined : this.#outcome(wasted);
    await journal.fail(callId, code, Math.round(latencyMs), outcome).catch((error: unknown) => {
      log('warn', 'a failed model call could not be noted', { callId, error });
    });
  }

  #outcome(facts: CallFacts): CallOutcome {
    return {
      modelVersion: facts.modelVersion,
      responseId: facts.responseId ?? null,
      usage: facts.usage,
      costUsd: costInUsd(facts.modelVersion, facts.usage, this.#options.now()),
      latencyMs: Math.round(facts.latencyMs),
      attempts: facts.attempts,
    };
  }
}
