import type { GenerateContentResponse, ModalityTokenCount } from '@google/genai';
import { type CallFacts, MODALITIES, type Modality, type ModelKind, type TokenUsage } from '../../models/ports.ts';
import type { FailureContext } from './failures.ts';

type Tokens = TokenUsage['input'];

/** The main output of each kind of model: tokens that the service does not itemise are counted as this. */
const MAIN_OUTPUT: Readonly<Record<ModelKind, Modality>> = { text: 'text', image: 'image', speech: 'audio' };

/** Ten times what models accept at once. A larger count would cost more than the journal can store. */
const MAX_TOKENS = 10_000_000;

/** What one call used over all its attempts: refused and empty replies are billed too. */
export interface CallAccount {
  countAttempt(): void;
  add(response: GenerateContentResponse): void;
  /** What is known so far. */
  facts(): CallFacts;
}

export function openAccount({ kind, model, redact, now }: FailureContext): CallAccount {
  const started = now();
  let attempts = 0;
  let usage = noUsage();
  let modelVersion = model;
  let responseId: string | undefined;
  return {
    countAttempt: () => {
      attempts += 1;
    },
    add: (response: GenerateContentResponse) => {
      usage = addUsage(usage, readUsage(response.usageMetadata, kind));
      modelVersion = nameIn(response.modelVersion, redact) ?? modelVersion;
      responseId = nameIn(response.responseId, redact);
    },
    facts: (): CallFacts => ({
      modelVersion,
      ...(responseId === undefined ? {} : { responseId }),
      usage,
      attempts,
      latencyMs: now() - started,
    }),
  };
}

/** The service's names are short; anything longer or odder is not kept, and nothing with the key in it. */
function nameIn(value: string | undefined, redact: FailureContext['redact']): string | undefined {
  return value !== undefined && /^[\w./:-]{1,200}$/.test(redact(value)) ? value : undefined;
}

export function noUsage(): TokenUsage {
  return { input: {}, cachedInput: 0, output: {}, thoughts: 0 };
}

/** The tokens of one reply. Any field of the service's metadata may be missing. */
export function readUsage(metadata: GenerateContentResponse['usageMetadata'], kind: ModelKind): TokenUsage {
  return {
    input: itemise(metadata?.promptTokenCount, metadata?.promptTokensDetails, 'text'),
    cachedInput: count(metadata?.cachedContentTokenCount),
    output: itemise(metadata?.candidatesTokenCount, metadata?.candidatesTokensDetails, MAIN_OUTPUT[kind]),
    thoughts: count(metadata?.thoughtsTokenCount),
  };
}

export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  return {
    input: addTokens(left.input, right.input),
    cachedInput: left.cachedInput + right.cachedInput,
    output: addTokens(left.output, right.output),
    thoughts: left.thoughts + right.thoughts,
  };
}

function itemise(total: number | undefined, details: ModalityTokenCount[] | undefined, main: Modality): Tokens {
  const tokens: Tokens = {};
  let itemised = 0;
  for (const { modality, tokenCount } of details ?? []) {
    const name = MODALITIES.find((known) => known === modality?.toLowerCase()) ?? main;
    tokens[name] = (tokens[name] ?? 0) + count(tokenCount);
    itemised += count(tokenCount);
  }
  const rest = count(total) - itemised;
  if (rest > 0) tokens[main] = (tokens[main] ?? 0) + rest;
  return tokens;
}

function addTokens(left: Tokens, right: Tokens): Tokens {
  const sum: Tokens = { ...left };
  for (const modality of MODALITIES) {
    const more = right[modality];
    if (more !== undefined) sum[modality] = (sum[modality] ?? 0) + more;
  }
  return sum;
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(value, MAX_TOKENS) : 0;
}
