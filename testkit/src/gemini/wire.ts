import { createHash } from 'node:crypto';
import type { ModelKind } from '@story-tree/agent-backend';

/** The parts that we use of the Gemini API (v1beta, `generateContent` and its stream). */
export interface WirePart {
  text?: string;
  inlineData?: { mimeType?: string; data?: string };
  thought?: boolean;
}

export interface WireContent {
  role?: string;
  parts?: WirePart[];
}

interface WireVoice {
  prebuiltVoiceConfig?: { voiceName?: string };
}

export interface WireSpeechConfig {
  voiceConfig?: WireVoice;
  multiSpeakerVoiceConfig?: { speakerVoiceConfigs?: { speaker?: string; voiceConfig?: WireVoice }[] };
}

export interface WireGenerationConfig {
  responseMimeType?: string;
  responseJsonSchema?: Record<string, unknown>;
  responseModalities?: string[];
  imageConfig?: { aspectRatio?: string; imageSize?: string };
  speechConfig?: WireSpeechConfig;
  maxOutputTokens?: number;
  thinkingConfig?: Record<string, unknown>;
}

export interface WireBody {
  contents?: WireContent[];
  systemInstruction?: WireContent;
  generationConfig?: WireGenerationConfig;
}

/** One request as the server understood it. */
export interface WireCall {
  kind: ModelKind;
  model: string;
  path: string;
  /** Whether the reply is requested as a stream of events. */
  streams: boolean;
  headers: Readonly<Record<string, string>>;
  body: WireBody;
}

export interface WireReply {
  candidates?: { content?: WireContent; finishReason?: string; finishMessage?: string; index?: number }[];
  promptFeedback?: { blockReason: string };
  usageMetadata?: Record<string, unknown>;
  modelVersion?: string;
  responseId?: string;
}

const PATH = /^\/v1beta\/models\/([\w.-]+):(generateContent|streamGenerateContent\?alt=sse)$/;

/** What a path asks for; no model if the service has no such path. */
export function readPath(path: string): Pick<WireCall, 'model' | 'streams'> {
  const [, model = '', method] = PATH.exec(path) ?? [];
  return { model, streams: method !== undefined && method !== 'generateContent' };
}

/** The kind of call, by the requested modalities. */
export function kindOfBody(body: WireBody): ModelKind {
  const modalities = body.generationConfig?.responseModalities ?? [];
  if (modalities.includes('AUDIO')) return 'speech';
  return modalities.includes('IMAGE') ? 'image' : 'text';
}

/** All text of a content, one part after the other. */
export function textOf(content: WireContent | undefined): string {
  return (content?.parts ?? []).map(({ text }) => text ?? '').join('');
}

/** The same body with its inline bytes replaced by their SHA-256, so that thousands of requests can be kept. */
export function withoutBytes(body: WireBody): WireBody {
  const contents = body.contents?.map((content) => ({ ...content, parts: content.parts?.map(partWithoutBytes) ?? [] }));
  return { ...body, ...(contents === undefined ? {} : { contents }) };
}

function partWithoutBytes(part: WirePart): WirePart {
  const data = part.inlineData?.data;
  if (data === undefined) return part;
  return { ...part, inlineData: { ...part.inlineData, data: digest(Buffer.from(data, 'base64')) } };
}

/** What stands for the bytes of a reference image in recorded requests. */
export function digest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
