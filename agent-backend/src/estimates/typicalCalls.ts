import type { ModelKind, TokenUsage } from '../models/ports.ts';

/** What one call of a workflow task typically takes with the default models. */
export interface TypicalCall {
  kind: ModelKind;
  usage: TokenUsage;
  /** Milliseconds. */
  latencyMs: number;
}

/** Tokens of thinking before a document. */
const THOUGHTS = 600;

/** Tokens of a picture of the requested size, and of the reference images sent along. */
const IMAGE = 1_120;
const SENT_IMAGES = 560;

function text(input: number, output: number, seconds: number): TypicalCall {
  return {
    kind: 'text',
    usage: { input: { text: input }, cachedInput: 0, output: { text: output }, thoughts: THOUGHTS },
    latencyMs: seconds * 1_000,
  };
}

function image(input: TokenUsage['input']): TypicalCall {
  return { kind: 'image', usage: { input, cachedInput: 0, output: { image: IMAGE }, thoughts: 0 }, latencyMs: 12_000 };
}

/**
 * Tokens were counted on the sample story, whose texts are about as long as those of models; times are rough. Both are used
 * until the journal has figures of its own.
 */
const TYPICAL_CALLS: Readonly<Record<string, TypicalCall>> = {
  CREATE_CONSTITUTION: text(1_900, 900, 15),
  CREATE_INTERACTIVE_SCRIPT: text(3_700, 320, 8),
  CREATE_VISUAL_DESIGN: text(8_200, 1_600, 20),
  CREATE_VISUAL_REFERENCE: text(10_000, 1_500, 20),
  CREATE_AUDIO_DESIGN: text(10_200, 700, 15),
  CREATE_SHOT_PRODUCTION: text(11_200, 500, 12),
  CREATE_CHARACTER_MODEL_SHEET: image({ text: 1_500 }),
  CREATE_ENVIRONMENT_REFERENCE_IMAGE: image({ text: 1_300 }),
  CREATE_SHOT_IMAGES: image({ text: 1_900, image: SENT_IMAGES }),
  CREATE_SHOT_AUDIO: {
    kind: 'speech',
    usage: { input: { text: 230 }, cachedInput: 0, output: { audio: 200 }, thoughts: 0 },
    latencyMs: 6_000,
  },
};

/** Null for a task that calls no model. */
export function typicalCall(workflowTask: string): TypicalCall | null {
  return TYPICAL_CALLS[workflowTask] ?? null;
}
