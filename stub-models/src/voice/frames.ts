import type { Random } from '../seed.ts';
import type { VoiceCharacter } from './profile.ts';
import type { Segment } from './segments.ts';

export const FRAMES_PER_SECOND = 200;

/** The settings of the synthesizer for one two-hundredth of a second. */
export interface Frame {
  pitch: number;
  /** Loudness of the voice and of the hiss, from 0 to 1. */
  voice: number;
  hiss: number;
  hissFrequency: number;
  formants: [number, number, number];
}

interface Phrase {
  segments: Segment[];
  ending: 'fall' | 'rise' | 'hold';
}

function phrasesOf(segments: readonly Segment[]): Phrase[] {
  const phrases: Phrase[] = [];
  let current: Segment[] = [];
  for (const segment of segments) {
    current.push(segment);
    if (segment.kind !== 'pause') continue;
    phrases.push({ segments: current, ending: segment.ending ?? 'hold' });
    current = [];
  }
  if (current.length > 0) phrases.push({ segments: current, ending: 'fall' });
  return phrases;
}

const LOUDNESS: Readonly<Record<Segment['kind'], { voice: number; hiss: number }>> = {
  vowel: { voice: 1, hiss: 0 },
  voiced: { voice: 0.5, hiss: 0 },
  noise: { voice: 0.08, hiss: 0.3 },
  stop: { voice: 0, hiss: 0 },
  pause: { voice: 0, hiss: 0 },
};

/** How loud a sound is part of the way through it; a stop is silent at first and then bursts. */
function loudness(segment: Segment, done: number): { voice: number; hiss: number } {
  if (segment.kind === 'stop') return done < 0.6 ? LOUDNESS.stop : { voice: 0.12, hiss: 0.34 };
  return LOUDNESS[segment.kind];
}

/** Semitones above the mean: high at first, sinking through the phrase, and up or down at its end. */
function melody(done: number, ending: Phrase['ending'], liveliness: number): number {
  const sinking = (0.5 - done) * liveliness;
  const last = Math.max(0, (done - 0.72) / 0.28);
  const turn = ending === 'rise' ? 5.5 * last * last : ending === 'fall' ? -2.4 * last : 0.8 * last;
  return sinking + turn;
}

function phraseFrames({ segments, ending }: Phrase, character: VoiceCharacter, random: Random): Frame[] {
  const length = segments.reduce((sum, { kind, seconds }) => sum + (kind === 'pause' ? 0 : seconds), 0);
  const frames: Frame[] = [];
  let spoken = 0;
  let accent = 0;
  for (const segment of segments) {
    if (segment.kind === 'vowel') accent = (random() - 0.4) * character.liveliness;
    const count = Math.max(1, Math.round(segment.seconds * FRAMES_PER_SECOND));
    for (let index = 0; index < count; index += 1) {
      const done = length === 0 ? 1 : Math.min(1, (spoken + (index / count) * segment.seconds) / length);
      const semitones = melody(done, ending, character.liveliness) + accent;
      const { voice, hiss } = loudness(segment, index / count);
      frames.push({
        pitch: character.pitch * 2 ** (semitones / 12),
        voice: voice * (1 - 0.25 * done),
        hiss,
        hissFrequency: segment.hiss || 1500,
        formants: scaled(segment.formants, character.formantScale),
      });
    }
    if (segment.kind !== 'pause') spoken += segment.seconds;
  }
  return frames;
}

function scaled([first, second, third]: Segment['formants'], scale: number): Frame['formants'] {
  return [first * scale, second * scale, third * scale];
}

/** Sounds do not jump: every frame moves only part of the way to its target. */
function smooth(frames: readonly Frame[]): void {
  const SLOW = 0.34;
  const FAST = 0.5;
  let before: Frame | undefined;
  for (const frame of frames) {
    if (before !== undefined) {
      const from = before;
      const glide = (now: number, then: number, share: number) => then + (now - then) * share;
      frame.pitch = glide(frame.pitch, from.pitch, 0.12);
      frame.voice = glide(frame.voice, from.voice, FAST);
      frame.hiss = glide(frame.hiss, from.hiss, FAST);
      frame.formants = [
        glide(frame.formants[0], from.formants[0], SLOW),
        glide(frame.formants[1], from.formants[1], SLOW),
        glide(frame.formants[2], from.formants[2], SLOW),
      ];
    }
    before = frame;
  }
}

/** Turns sounds into the synthesizer's settings over time. */
export function framesOf(segments: readonly Segment[], character: VoiceCharacter, random: Random): Frame[] {
  const frames = phrasesOf(segments).flatMap((phrase) => phraseFrames(phrase, character, random));
  smooth(frames);
  return frames;
}
