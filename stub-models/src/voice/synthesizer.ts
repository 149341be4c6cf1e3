import type { Random } from '../seed.ts';
import { FRAMES_PER_SECOND, type Frame } from './frames.ts';
import type { VoiceCharacter } from './profile.ts';

export const SAMPLE_RATE = 24_000;
const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAMES_PER_SECOND;

/** A band that rings: two poles at a frequency, scaled so that a steady tone far below it passes unchanged. */
class Resonator {
  #first = 0;
  #second = 0;
  #gain = 1;
  #near = 0;
  #far = 0;

  tune(frequency: number, bandwidth: number): void {
    const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
    this.#far = -radius * radius;
    this.#near = 2 * radius * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
    this.#gain = 1 - this.#near - this.#far;
  }

  run(input: number): number {
    const output = this.#gain * input + this.#near * this.#first + this.#far * this.#second;
    this.#second = this.#first;
    this.#first = output;
    return output;
  }
}

/** Flow through the vocal folds over one period: they open slowly, close faster, and stay closed. */
function glottalFlow(phase: number): number {
  if (phase < 0.42) return 0.5 - 0.5 * Math.cos((Math.PI * phase) / 0.42);
  if (phase < 0.62) return Math.cos((Math.PI * (phase - 0.42)) / 0.4);
  return 0;
}

/** Renders frames as samples, unscaled: voice through three formants, hiss through a band of its own. */
export function synthesize(frames: readonly Frame[], character: VoiceCharacter, random: Random): Float32Array {
  const samples = new Float32Array(frames.length * SAMPLES_PER_FRAME);
  const [low, middle, high, hissBand] = [new Resonator(), new Resonator(), new Resonator(), new Resonator()];
  const softening = 1 - Math.exp((-2 * Math.PI * character.brightness) / SAMPLE_RATE);
  let phase = 0;
  let step = 0;
  let voice = 0;
  let hiss = 0;
  let flow = 0;
  let soft = 0;
  let at = 0;
  for (const frame of frames) {
    low.tune(frame.formants[0], 90);
    middle.tune(frame.formants[1], 130);
    high.tune(frame.formants[2], 190);
    hissBand.tune(frame.hissFrequency, 1300);
    const voiceStep = (frame.voice - voice) / SAMPLES_PER_FRAME;
    const hissStep = (frame.hiss - hiss) / SAMPLES_PER_FRAME;
    for (let index = 0; index < SAMPLES_PER_FRAME; index += 1) {
      if (step === 0 || phase >= 1) {
        phase -= Math.floor(phase);
        step = (frame.pitch * (1 + character.roughness * (2 * random() - 1))) / SAMPLE_RATE;
      }
      phase += step;
      voice += voiceStep;
      hiss += hissStep;
      const noise = 2 * random() - 1;
      const nextFlow = glottalFlow(phase);
      // The ear hears the change of the flow; scaled by the step it is as loud at any pitch.
      const pulse = (nextFlow - flow) / (step * 9);
      flow = nextFlow;
      const source = voice * (pulse * (1 - 0.6 * character.breath) + noise * 0.3 * character.breath);
      const voiced = high.run(middle.run(low.run(source)));
      const hissed = hissBand.run(noise * hiss) * 0.3;
      soft += (voiced + hissed - soft) * softening;
      samples[at] = soft;
      at += 1;
    }
  }
  return samples;
}
