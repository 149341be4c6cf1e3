import { z } from 'zod';
import type { RunMode } from './task.ts';

/** The options that every task has. */
export const modeOptions = {
  resume: z.boolean().optional().describe('make only what is missing, and succeed if nothing is'),
  override: z.boolean().optional().describe('regenerate everything, replacing what exists'),
};

/** For tasks whose ids later results refer to. */
export const cascadeOption = {
  cascade: z
    .boolean()
    .optional()
    .describe('with "override": also remove the later results that depend on the old ones'),
};

/** Options that select shots. */
export const shotTargetOptions = {
  targetSceneletId: z.string().min(1).optional().describe('only the shots of this scenelet, such as scenelet-3a'),
  targetShotIndex: shotIndex().optional().describe('only this shot of "targetSceneletId"'),
};

/** Command lines pass texts; only these are turned into numbers. */
function shotIndex() {
  const error = 'Shots are counted from 1: give a whole number.';
  const toNumber = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
  return z.preprocess(toNumber, z.int({ error }).min(1, { error }));
}

interface Modes {
  resume?: boolean | undefined;
  override?: boolean | undefined;
  cascade?: boolean | undefined;
}

/**
 * Refuses options that contradict each other or would be ignored. People read the messages: an option is named in straight
 * quotes, so that the command line can put its flag there.
 */
export function withModeRules<Options extends Modes>(schema: z.ZodType<Options>): z.ZodType<Options> {
  return schema
    .refine((options) => !(options.resume && options.override), {
      message: 'Choose one of "resume" and "override": the first keeps what exists, the second replaces it.',
    })
    .refine((options) => !options.cascade || options.override, {
      message: '"cascade" needs "override": it removes what depends on the results that are replaced.',
    });
}

export function withShotTargetRules<Options extends { targetSceneletId?: unknown; targetShotIndex?: unknown }>(
  schema: z.ZodType<Options>,
): z.ZodType<Options> {
  return schema.refine((options) => options.targetShotIndex === undefined || options.targetSceneletId !== undefined, {
    message: '"targetShotIndex" needs "targetSceneletId": shots are counted within their scenelet.',
  });
}

export function runMode(options: Modes): RunMode {
  if (options.override) return 'override';
  return options.resume ? 'resume' : 'default';
}
