import {
  type Blob,
  type Content,
  type GenerateContentConfig,
  type Part,
  type SpeechConfig,
  ThinkingLevel,
} from '@google/genai';
import type {
  CallContext,
  ImageRequest,
  MediaReply,
  ReferenceImage,
  Speaker,
  SpeechRequest,
  TextRequest,
} from '../../models/ports.ts';
import type { CallPlan } from './call.ts';
import { normalizeSchema } from './responseSchema.ts';

/** The most tokens that Gemini's text models write in one reply. */
const MAX_OUTPUT_TOKENS = 65_536;

/** Thinking tokens for models that take a number of tokens instead of a level. */
const SMALL_THINKING_BUDGET = 1_024;

/** Asks for one JSON document, as a stream if there is a listener. */
export function planText(request: TextRequest, model: string, onText: CallContext['onText']): CallPlan<string> {
  const contents = request.turns.map(({ role, text }): Content => ({ role, parts: [{ text }] }));
  const schema = normalizeSchema(request.schema);
  const listener = onText && reportInSteps(onText);
  return {
    parameters: (roomier) => ({
      model,
      contents,
      config: {
        ...(request.system === '' ? {} : { systemInstruction: request.system }),
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
        ...(roomier ? roomierConfig(model) : {}),
      },
    }),
    read: (parts) => {
      listener?.(parts, true);
      const text = textOf(parts);
      return text.trim() === '' ? undefined : text;
    },
    onParts: listener,
  };
}

/** Fraction by which a text must grow before it is reported again: the listener reads all of it every time. */
const GROWTH_STEP = 1 / 64;

/** Reports a text in steps that grow with it, so that all of them together cost no more than some dozens of readings. */
function reportInSteps(onText: (soFar: string) => void): (parts: readonly Part[], isWhole?: boolean) => void {
  let reported = 0;
  return (parts, isWhole = false) => {
    const length = withoutThoughts(parts).reduce((sum, { text = '' }) => sum + text.length, 0);
    const isDue = isWhole ? length > reported : length === 0 || length >= reported + Math.floor(reported * GROWTH_STEP);
    if (!isDue) return;
    reported = length;
    onText(textOf(parts));
  };
}

/** The model's answer without its thoughts. */
function textOf(parts: readonly Part[]): string {
  return withoutThoughts(parts)
    .map(({ text = '' }) => text)
    .join('');
}

function withoutThoughts(parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => part.thought !== true);
}

/** The default is already unlimited. What fills a reply up is thinking, so that is reduced. */
function roomierConfig(model: string): GenerateContentConfig {
  const thinkingConfig = /gemini-2\./.test(model)
    ? { thinkingBudget: SMALL_THINKING_BUDGET }
    : { thinkingLevel: ThinkingLevel.LOW };
  return { maxOutputTokens: MAX_OUTPUT_TOKENS, thinkingConfig };
}

/** Bytes of a reply in the format that the model chose. */
export type Media = Omit<MediaReply, 'facts'>;

/** Models with a single image size, which reject the setting. */
const SINGLE_SIZE = /gemini-2\./;

/** Asks for one image. Each reference image follows its caption; the prompt comes last, exactly as given. */
export function planImage(request: ImageRequest, model: string, imageSize: string): CallPlan<Media> {
  const { system, prompt, references, aspectRatio } = request;
  const parameters = {
    model,
    contents: [{ role: 'user', parts: [...references.flatMap(referenceParts), { text: prompt }] }],
    config: {
      ...(system === '' ? {} : { systemInstruction: system }),
      responseModalities: ['TEXT', 'IMAGE'],
      imageConfig: { aspectRatio, ...(SINGLE_SIZE.test(model) ? {} : { imageSize }) },
    },
  };
  return { parameters: () => parameters, read: readImage };
}

function referenceParts({ caption, mimeType, bytes }: ReferenceImage): Part[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return [{ text: caption }, { inlineData: { mimeType, data } }];
}

/** Drafts come first, as thoughts; some models mark the finished image as a thought too. */
function readImage(parts: readonly Part[]): Media | undefined {
  const images = parts.filter((part) => inlineMedia(part, 'image/') !== undefined);
  const last = images.findLast((part) => part.thought !== true) ?? images.at(-1);
  return last && inlineMedia(last, 'image/');
}

/**
 * Asks for one recording. Speech models reject a system instruction, and the newer ones sampling parameters; they take one
 * voice or exactly two.
 */
export function planSpeech(request: SpeechRequest, model: string): CallPlan<Media> {
  const parameters = {
    model,
    contents: [{ role: 'user', parts: [{ text: request.prompt }] }],
    config: { responseModalities: ['AUDIO'], speechConfig: speechConfig(request.speakers) },
  };
  return { parameters: () => parameters, read: readSpeech };
}

function speechConfig(speakers: SpeechRequest['speakers']): SpeechConfig {
  const [first, second] = speakers;
  if (second === undefined) return { voiceConfig: voiceConfig(first) };
  const speakerVoiceConfigs = [first, second].map((speaker) => ({
    speaker: speaker.name,
    voiceConfig: voiceConfig(speaker),
  }));
  return { multiSpeakerVoiceConfig: { speakerVoiceConfigs } };
}

function voiceConfig({ voiceName }: Speaker) {
  return { prebuiltVoiceConfig: { voiceName } };
}

/** A long recording may arrive in several parts. */
function readSpeech(parts: readonly Part[]): Media | undefined {
  const sounds = parts.map((part) => inlineMedia(part, 'audio/')).filter((sound) => sound !== undefined);
  const [first] = sounds;
  return first && { bytes: Buffer.concat(sounds.map(({ bytes }) => bytes)), mimeType: first.mimeType };
}

/** The inline data of a part, if it has some of the given type. */
export function inlineMedia(part: Part, type: 'image/' | 'audio/'): Media | undefined {
  const blob: Blob | undefined = part.inlineData;
  if (blob?.data === undefined || blob.mimeType?.startsWith(type) !== true) return undefined;
  const bytes = Buffer.from(blob.data, 'base64');
  return bytes.length === 0 ? undefined : { bytes, mimeType: blob.mimeType };
}
