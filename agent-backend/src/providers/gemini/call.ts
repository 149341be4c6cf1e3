import { setTimeout as delay } from 'node:timers/promises';
import type { GenerateContentParameters, GenerateContentResponse, Part } from '@google/genai';
import type { CallContext, CallFacts, ModelKind } from '../../models/ports.ts';
import type { Send } from './client.ts';
import { cancelled, type FailureContext } from './failures.ts';
import { emptyReply, readParts } from './replyContent.ts';
import { AttemptFailure, createRetryPolicy, type RetrySettings } from './retry.ts';
import { type CallAccount, openAccount } from './usage.ts';

/** One call: what to send, and how to find the content in the reply. */
export interface CallPlan<Content> {
  /** `roomier` after a reply that reached its length limit. */
  parameters(roomier: boolean): GenerateContentParameters;
  /** Undefined if the parts hold no content. */
  read(parts: readonly Part[]): Content | undefined;
  /** If given, the reply is streamed; called with all parts so far whenever more arrive, and with none when it starts over. */
  onParts?: ((parts: readonly Part[]) => void) | undefined;
}

/** What all calls of one kind share. */
export interface CallSettings {
  kind: ModelKind;
  model: string;
  redact(text: string): string;
  timeoutMs: number;
  retry: RetrySettings;
  send: Send;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
  now(): number;
}

/** Waits, or rejects as soon as the signal aborts. */
export async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}

/**
 * Sends requests until one brings content, the retries for its kind of failure are used up, or the deadline passes.
 * @throws StoryTreeError `cancelled` as soon as the caller's signal aborts, else one of the `model_…` codes
 */
export async function callModel<Content>(
  plan: CallPlan<Content>,
  settings: CallSettings,
  context: CallContext,
): Promise<{ content: Content; facts: CallFacts }> {
  const { now } = settings;
  const { signal } = context;
  const deadline = now() + settings.retry.deadlineMs;
  const nextWait = createRetryPolicy(settings.retry, settings.random);
  const account = openAccount(settings);
  let roomier = false;

  try {
    for (;;) {
      if (signal.aborted) throw cancelled();
      account.countAttempt();
      try {
        const timeoutMs = Math.min(settings.timeoutMs, deadline - now());
        const response = await sendOnce(plan, settings, account, { roomier, signal, timeoutMs });
        return { content: readContent(plan, response, settings), facts: account.facts() };
      } catch (error) {
        if (!(error instanceof AttemptFailure)) throw error;
        const waitMs = nextWait(error);
        if (waitMs === undefined || now() + waitMs >= deadline) throw error.error;
        plan.onParts?.([]);
        roomier ||= error.kind === 'truncated';
        announce(error, waitMs, context);
        await pause(waitMs, settings, signal);
      }
    }
  } catch (error) {
    context.onWasted?.(account.facts());
    throw error;
  }
}

/** Whatever part of a reply arrived is added to the account, even if the reply broke off. */
async function sendOnce<Content>(
  plan: CallPlan<Content>,
  settings: CallSettings,
  account: CallAccount,
  { roomier, signal, timeoutMs }: { roomier: boolean; signal: AbortSignal; timeoutMs: number },
): Promise<GenerateContentResponse> {
  let received: GenerateContentResponse | undefined;
  const { onParts } = plan;
  const onMore = (soFar: GenerateContentResponse) => {
    received = soFar;
    onParts?.(soFar.candidates?.[0]?.content?.parts ?? []);
  };
  try {
    received = await settings.send(plan.parameters(roomier), settings, {
      signal,
      timeoutMs,
      ...(onParts && { onMore }),
    });
    return received;
  } finally {
    if (received !== undefined) account.add(received);
  }
}

function readContent<Content>(plan: CallPlan<Content>, response: GenerateContentResponse, context: FailureContext) {
  const content = plan.read(readParts(response, context));
  if (content === undefined) throw emptyReply(response.candidates?.[0]?.finishReason, context);
  return content;
}

function announce(failure: AttemptFailure, waitMs: number, context: CallContext): void {
  if (failure.overloaded) context.onThrottled?.(failure.kind === 'throttled' ? waitMs : (failure.retryAfterMs ?? 0));
  context.onRetry?.(failure.message, waitMs);
}

async function pause(waitMs: number, settings: CallSettings, signal: AbortSignal): Promise<void> {
  try {
    await settings.sleep(waitMs, signal);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw error;
  }
}
