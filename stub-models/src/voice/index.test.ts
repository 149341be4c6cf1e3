import type { SpeechRequest } from '@story-tree/agent-backend';
import { VOICE_NAMES } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { createStubModels } from '../index.ts';
import { liveContext, speechRequest } from '../testRequests.ts';
import { speak } from './index.ts';

const LINE = 'By noon the sea lay flat as a plate, and not one sail of it moved.';

function samplesOf(pcm: Uint8Array): Float64Array {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  return Float64Array.from({ length: pcm.byteLength / 2 }, (_, index) => view.getInt16(index * 2, true) / 32768);
}

const secondsOf = (pcm: Uint8Array) => pcm.byteLength / 2 / 24_000;
const rms = (samples: Float64Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
const peak = (samples: Float64Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('speak', () => {
  it('has a moment of silence for words without a sound', () => {
    for (const words of ['', '(sighs)', '🙂🙂', '—']) {
      const samples = samplesOf(speak(speechRequest(words, 'Kore')));
      expect(samples.length).toBeGreaterThan(0);
      expect(peak(samples)).toBeLessThan(0.6);
    }
  });

  it('takes as long as the words need, and no time for performance notes', () => {
    const seconds = secondsOf(speak(speechRequest(LINE, 'Leda')));
    expect(seconds).toBeGreaterThan(LINE.length / 17);
    expect(seconds).toBeLessThan(LINE.length / 10);
    const twice = secondsOf(speak(speechRequest(`${LINE} ${LINE}`, 'Leda')));
    expect(twice / seconds).toBeCloseTo(2, 0);
    expect(speak(speechRequest(`(very softly) ${LINE}`, 'Leda'))).toEqual(speak(speechRequest(LINE, 'Leda')));
  });

  it('rests at punctuation', () => {
    const seconds = (words: string) => secondsOf(speak(speechRequest(words, 'Puck')));
    expect(seconds('one. two. three.')).toBeGreaterThan(seconds('one two three') + 0.6);
  });

  it.each(VOICE_NAMES)('is audible and never clips in the voice of %s', (voice) => {
    const samples = samplesOf(speak(speechRequest(LINE, voice)));
    expect(rms(samples)).toBeGreaterThan(0.05);
    expect(peak(samples)).toBeLessThanOrEqual(0.51);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01);
  });

  it('sounds different in every voice and the same each time', () => {
    const spoken = VOICE_NAMES.map((voice) =>
      Buffer.from(speak(speechRequest('Hello there.', voice))).toString('base64'),
    );
    expect(new Set(spoken).size).toBe(VOICE_NAMES.length);
    expect(Buffer.from(speak(speechRequest('Hello there.', VOICE_NAMES[0]))).toString('base64')).toBe(spoken[0]);
  });

  it.each(['李小龙来了。', 'Zoé, ça va ?', 'مرحبا بالعالم', 'Привет, мир!', '42'])('says %s aloud', (words) => {
    expect(rms(samplesOf(speak(speechRequest(words, 'Kore'))))).toBeGreaterThan(0.03);
  });

  it('gives each of two speakers a voice, one after the other', () => {
    const request: SpeechRequest = {
      ...speechRequest('', 'Leda'),
      prompt: 'TRANSCRIPT in a prompt\n\nTRANSCRIPT\ntam: Through the roof!\ncaptain-roe: (gruff) Then mend it.',
      speakers: [
        { name: 'tam', voiceName: 'Leda' },
        { name: 'captain-roe', voiceName: 'Algenib' },
      ],
    };
    const both = secondsOf(speak(request));
    const alone = secondsOf(speak({ ...request, prompt: 'TRANSCRIPT\ntam: Through the roof!' }));
    expect(both).toBeGreaterThan(alone + 0.6);
    const [first, second] = request.speakers;
    if (second === undefined) throw new Error('there are two');
    const swapped = speak({
      ...request,
      speakers: [
        { ...first, voiceName: 'Algenib' },
        { ...second, voiceName: 'Leda' },
      ],
    });
    expect(swapped).not.toEqual(speak(request));
  });

  it('ends in time however long the words are', () => {
    expect(secondsOf(speak(speechRequest('word '.repeat(400), 'Kore')))).toBeLessThanOrEqual(60);
  });

  it('is raw PCM, a second of it at most in a synthetic story', async () => {
    const reply = await createStubModels({ sceneletCount: 2 }).speech(speechRequest(LINE, 'Kore'), liveContext());
    expect(reply.mimeType).toBe('audio/L16;codec=pcm;rate=24000');
    expect(secondsOf(reply.bytes)).toBeCloseTo(1, 5);
  });
});
