import type { GenerateContentResponse, ModalityTokenCount } from '@google/genai';
import { MODALITIES, type Modality, type ModelKind, type TokenUsage } from '../../models/ports.ts';

type Tokens = TokenUsage['input'];

/** What a kind of model mostly makes; tokens that the service does not itemise are counted as that. */
const MAIN_OUTPUT: Readonly<Record<ModelKind, Modality>> = { text: 'text', image: 'image', speech: 'audio' };

/** Ten times what models take at once. What claims to be more would cost more than the journal can hold. */
const MOST_TOKENS = 10_000_000;

export function noUsage(): TokenUsage {
  return { input: {}, cachedInput: 0, output: {}, thoughts: 0 };
}

/** The tokens of one reply. Every field of the service's account may be missing. */
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
  return typeof value === 'number' && value > 0 ? Math.min(value, MOST_TOKENS) : 0;
}
