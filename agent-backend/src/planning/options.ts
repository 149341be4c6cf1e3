import { z } from 'zod';
import type { RunMode } from './task.ts';

/** The options that every task has. `cascade` lets an override remove what later tasks made of the old. */
export const modeOptions = {
  resume: z.boolean().optional().describe('make only what is missing; succeed when nothing is'),
  override: z.boolean().optional().describe('make everything anew, replacing what is there'),
};

export const cascadeOption = {
  cascade: z.boolean().optional().describe('with --override: also remove what later tasks made of the old'),
};

/** Options that choose shots. */
export const shotTargetOptions = {
  targetSceneletId: z.string().min(1).optional().describe('only the shots of this scenelet, such as scenelet-3a'),
  targetShotIndex: shotIndex().optional().describe('only this shot of --scenelet-id'),
};

/** Command lines give texts; nothing else is taken for a number that is none. */
function shotIndex() {
  const error = 'Shots are counted from 1: give a whole number.';
  const toNumber = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
  return z.preprocess(toNumber, z.int({ error }).min(1, { error }));
}

interface Modes {
  resume?: boolean | undefined;
  override?: boolean | undefined;
}

/** Refuses options that contradict each other; the messages are what a person reads. */
export function withModeRules<Options extends Modes>(schema: z.ZodType<Options>): z.ZodType<Options> {
  return schema.refine((options) => !(options.resume && options.override), {
    message: 'Choose one of --resume and --override: the first keeps what is there, the second replaces it.',
  });
}

export function withShotTargetRules<Options extends { targetSceneletId?: unknown; targetShotIndex?: unknown }>(
  schema: z.ZodType<Options>,
): z.ZodType<Options> {
  return schema.refine((options) => options.targetShotIndex === undefined || options.targetSceneletId !== undefined, {
    message: '--shot-index needs --scenelet-id: shots are counted within their scenelet.',
  });
}

export function runMode(options: Modes): RunMode {
  if (options.override) return 'override';
  return options.resume ? 'resume' : 'default';
}
