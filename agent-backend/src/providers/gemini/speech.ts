import type { Part, SpeechConfig } from '@google/genai';
import type { Speaker, SpeechRequest } from '../../models/ports.ts';
import type { CallPlan } from './call.ts';
import { inlineMedia, type Media } from './media.ts';

/**
 * One recording. Speech models refuse a system instruction and, the newer ones, sampling parameters; they take one
 * voice, or exactly two.
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

/** Long recordings may come in several parts. */
function readSpeech(parts: readonly Part[]): Media | undefined {
  const sounds = parts.map((part) => inlineMedia(part, 'audio/')).filter((sound) => sound !== undefined);
  const [first] = sounds;
  return first && { bytes: Buffer.concat(sounds.map(({ bytes }) => bytes)), mimeType: first.mimeType };
}
