import type { ModelKind } from '@story-tree/agent-backend';
import { VOICE_NAMES } from '../../../domain/src/documents/voices.ts';
import { findSchemaFault } from './schemaChecks.ts';
import { textOf, type WireBody, type WireCall, type WireContent, type WireSpeechConfig } from './wire.ts';

const TOP_LEVEL = ['contents', 'systemInstruction', 'generationConfig', 'safetySettings'];
const GENERATION_CONFIG: Readonly<Record<ModelKind, readonly string[]>> = {
  text: ['responseMimeType', 'responseJsonSchema', 'maxOutputTokens', 'thinkingConfig'],
  image: ['responseModalities', 'imageConfig', 'maxOutputTokens'],
  speech: ['responseModalities', 'speechConfig', 'maxOutputTokens'],
};
const ASPECT_RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '21:9'];
const IMAGE_SIZES = ['1K', '2K', '4K'];

/** Why the service would refuse a request with 400 `INVALID_ARGUMENT`, in its own words; undefined if it would not. */
export function findFault({ kind, body }: WireCall): string | undefined {
  return (
    findUnknown(body, TOP_LEVEL) ??
    findUnknown(body.generationConfig ?? {}, GENERATION_CONFIG[kind]) ??
    findContentFault(body) ??
    KIND_CHECKS[kind](body)
  );
}

const KIND_CHECKS: Readonly<Record<ModelKind, (body: WireBody) => string | undefined>> = {
  text: findTextFault,
  image: findImageFault,
  speech: findSpeechFault,
};

function findUnknown(value: object, known: readonly string[]): string | undefined {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  return unknown && `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`;
}

function findContentFault({ contents, systemInstruction }: WireBody): string | undefined {
  if (!Array.isArray(contents) || contents.length === 0) return '* GenerateContentRequest.contents: is not specified';
  if (systemInstruction !== undefined && textOf(systemInstruction) === '') return 'systemInstruction must hold text.';
  for (const [index, content] of contents.entries()) {
    if (content.role !== (index % 2 === 0 ? 'user' : 'model')) return 'Please use alternating roles: user, model.';
    const fault = findPartFault(content);
    if (fault !== undefined) return fault;
  }
  return contents.length % 2 === 0 ? 'Please ensure that the last turn is of the user.' : undefined;
}

function findPartFault({ parts }: WireContent): string | undefined {
  if (!Array.isArray(parts) || parts.length === 0) return 'contents.parts must not be empty.';
  for (const { text, inlineData } of parts) {
    if ((text === undefined) === (inlineData === undefined)) return 'contents.parts: exactly one kind of data.';
    if (text === '') return 'contents.parts: text must not be empty.';
    if (inlineData !== undefined && !isImage(inlineData)) return 'Unable to process input image.';
  }
  return undefined;
}

function isImage({ mimeType = '', data = '' }: { mimeType?: string; data?: string }): boolean {
  const bytes = Buffer.from(data, 'base64');
  return /^image\/(png|jpeg|webp)$/.test(mimeType) && bytes.length > 0 && bytes.toString('base64') === data;
}

function findTextFault({ generationConfig = {} }: WireBody): string | undefined {
  const { responseMimeType, responseJsonSchema } = generationConfig;
  if (responseJsonSchema === undefined) return undefined;
  if (responseMimeType !== 'application/json') return 'response_json_schema needs response_mime_type application/json.';
  return findSchemaFault(responseJsonSchema);
}

function findImageFault({ generationConfig = {} }: WireBody): string | undefined {
  const { aspectRatio, imageSize } = generationConfig.imageConfig ?? {};
  if (aspectRatio !== undefined && !ASPECT_RATIOS.includes(aspectRatio)) return `aspect_ratio ${aspectRatio}`;
  if (imageSize !== undefined && !IMAGE_SIZES.includes(imageSize)) return `image_size ${imageSize}`;
  return undefined;
}

function findSpeechFault({ systemInstruction, generationConfig = {} }: WireBody): string | undefined {
  if (systemInstruction !== undefined) return 'Developer instruction is not enabled for this model';
  const voices = voicesOf(generationConfig.speechConfig ?? {});
  if (typeof voices === 'string') return voices;
  const unknown = voices.find((voice) => !(VOICE_NAMES as readonly unknown[]).includes(voice));
  return voices.length === 0 || unknown !== undefined ? `Voice name ${unknown} is not supported.` : undefined;
}

function voicesOf({ voiceConfig, multiSpeakerVoiceConfig }: WireSpeechConfig): (string | undefined)[] | string {
  if (voiceConfig !== undefined && multiSpeakerVoiceConfig !== undefined) return 'Only one of the voice configs.';
  if (voiceConfig !== undefined) return [voiceConfig.prebuiltVoiceConfig?.voiceName];
  const speakers = multiSpeakerVoiceConfig?.speakerVoiceConfigs ?? [];
  if (speakers.length !== 2) return 'Exactly two speaker voice configurations must be provided.';
  const names = new Set(speakers.map(({ speaker }) => speaker));
  if (names.size !== 2 || names.has(undefined) || names.has('')) return 'Speakers must have names of their own.';
  return speakers.map(({ voiceConfig: voice }) => voice?.prebuiltVoiceConfig?.voiceName);
}
