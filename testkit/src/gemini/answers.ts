import { toWav } from '../../../agent-backend/src/models/media.ts';
import { isRiff, readLayout } from '../../../agent-backend/src/models/wav.ts';
import { textOf, type WireCall, type WirePart, type WireReply } from './wire.ts';

/** A model's answer: a text, or an image or sound in some format. */
export type Answer = { text: string } | Media;

interface Media {
  bytes: Uint8Array;
  mimeType: string;
}

/** Decides what a model says, from the request alone: requests arrive in any order. */
export type AnswerCall = (call: WireCall) => Answer | Promise<Answer>;

const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_INPUT_IMAGE = 258;
const TOKENS_PER_IMAGE = 1_120;
const THOUGHT_TOKENS = 40;
const BYTES_PER_AUDIO_TOKEN = 1_920;

/** The answer as the service would send it, with plausible numbers of tokens. */
export function encodeAnswer(call: WireCall, answer: Answer): WireReply {
  const part = 'text' in answer ? { text: answer.text } : mediaPart(call, answer);
  return {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: usageOf(call, answer),
    modelVersion: call.model,
  };
}

function mediaPart(call: WireCall, answer: Media): WirePart {
  const { bytes, mimeType } = call.kind === 'speech' ? inFormatOf(call.model, answer) : answer;
  return { inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') } };
}

/** Speech models send raw samples; from 3.8 on, WAV files. */
function inFormatOf(model: string, { bytes, mimeType }: Media): Media {
  if (model.startsWith('gemini-3.8')) return { bytes: toWav(bytes, mimeType), mimeType: 'audio/wav' };
  return isRiff(bytes) ? rawSamples(bytes) : { bytes, mimeType };
}

function rawSamples(wav: Uint8Array): Media {
  const { dataOffset, dataBytes, bytesPerSecond, blockAlign } = readLayout(wav);
  const rate = bytesPerSecond / blockAlign;
  return {
    bytes: wav.subarray(dataOffset, dataOffset + dataBytes),
    mimeType: `audio/L16;codec=pcm;rate=${rate}`,
  };
}

function usageOf(call: WireCall, answer: Answer): Record<string, unknown> {
  const parts = (call.body.contents ?? []).flatMap((content) => content.parts ?? []);
  const images = parts.filter((part) => part.inlineData !== undefined).length * TOKENS_PER_INPUT_IMAGE;
  const words = [...(call.body.contents ?? []), call.body.systemInstruction].map(textOf).join('');
  const text = Math.ceil(words.length / CHARACTERS_PER_TOKEN);
  const output = outputOf(call, answer);
  const thoughts = call.kind === 'text' ? { thoughtsTokenCount: THOUGHT_TOKENS } : {};
  return {
    promptTokenCount: text + images,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: text },
      ...(images > 0 ? [{ modality: 'IMAGE', tokenCount: images }] : []),
    ],
    candidatesTokenCount: output.tokenCount,
    // The service leaves this out for text.
    ...(call.kind === 'text' ? {} : { candidatesTokensDetails: [output] }),
    ...thoughts,
    totalTokenCount: text + images + output.tokenCount + (thoughts.thoughtsTokenCount ?? 0),
  };
}

function outputOf(call: WireCall, answer: Answer): { modality: string; tokenCount: number } {
  if ('text' in answer) {
    return { modality: 'TEXT', tokenCount: Math.ceil(answer.text.length / CHARACTERS_PER_TOKEN) };
  }
  if (call.kind === 'image') return { modality: 'IMAGE', tokenCount: TOKENS_PER_IMAGE };
  return { modality: 'AUDIO', tokenCount: Math.ceil(answer.bytes.length / BYTES_PER_AUDIO_TOKEN) };
}
