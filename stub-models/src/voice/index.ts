import type { SpeechRequest } from '@story-tree/agent-backend';
import { randomFrom } from '../seed.ts';
import { FRAMES_PER_SECOND, framesOf } from './frames.ts';
import { voiceCharacter } from './profile.ts';
import { segmentsOfWords } from './segments.ts';
import { SAMPLE_RATE, synthesize } from './synthesizer.ts';
import { readTranscript, type Utterance } from './transcript.ts';

/** What `speak` returns: raw 16-bit little-endian mono. */
export const SPEECH_MIME_TYPE = `audio/L16;codec=pcm;rate=${SAMPLE_RATE}`;

const LONGEST_SECONDS = 60;
const SECONDS_BETWEEN_LINES = 0.28;
const SECONDS_AROUND = 0.08;
const FADE_SECONDS = 0.012;
/** About six decibels below full scale. */
const PEAK = 0.5;
/** Loudness of the voice itself, before peaks are limited. */
const TARGET_RMS = 0.11;

const silence = (seconds: number) => new Float32Array(Math.round(seconds * SAMPLE_RATE));

function utter({ voiceName, words }: Utterance, maxSeconds: number): Float32Array {
  const character = voiceCharacter(voiceName);
  const random = randomFrom(`${voiceName}: ${words}`);
  const frames = framesOf(segmentsOfWords(words), character, random).slice(0, maxSeconds * FRAMES_PER_SECOND);
  return levelled(synthesize(frames, character, random));
}

/** Brings a line to the common loudness; peaks beyond the limit are compressed, not clipped. */
function levelled(samples: Float32Array): Float32Array {
  const loud = samples.filter((sample) => Math.abs(sample) > 1e-4);
  if (loud.length === 0) return samples;
  const rms = Math.sqrt(loud.reduce((sum, sample) => sum + sample * sample, 0) / loud.length);
  const gain = TARGET_RMS / rms;
  return samples.map((sample) => PEAK * Math.tanh((sample * gain) / PEAK));
}

function joined(parts: readonly Float32Array[], maxSeconds: number): Float32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, Math.round(maxSeconds * SAMPLE_RATE));
}

function fade(samples: Float32Array): void {
  const length = Math.min(Math.round(FADE_SECONDS * SAMPLE_RATE), samples.length);
  for (let index = 0; index < length; index += 1) {
    const share = index / length;
    const last = samples.length - 1 - index;
    samples[index] = (samples[index] ?? 0) * share;
    samples[last] = (samples[last] ?? 0) * share;
  }
}

function toPcm(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => {
    view.setInt16(index * 2, Math.round(sample * 32767), true);
  });
  return bytes;
}

/**
 * Speaks the lines of a request in an invented language: no words, but their length, melody and voice.
 *
 * @param maxSeconds the latest point at which to stop
 * @returns samples in the format of {@link SPEECH_MIME_TYPE}
 */
export function speak(request: SpeechRequest, maxSeconds = LONGEST_SECONDS): Uint8Array {
  const lines = readTranscript(request).flatMap((utterance, index) => [
    silence(index === 0 ? SECONDS_AROUND : SECONDS_BETWEEN_LINES),
    utter(utterance, maxSeconds),
  ]);
  const samples = joined([...lines, silence(SECONDS_AROUND)], maxSeconds);
  fade(samples);
  return toPcm(samples);
}
