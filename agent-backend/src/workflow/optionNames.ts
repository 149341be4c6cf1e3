import { z } from 'zod';
import { WORKFLOW_TASKS } from './tasks.ts';

/** The command line's flag for an option, such as `--scenelet-id` for `targetSceneletId`. */
export function flagOf(option: string): string {
  const name = option
    .replace(/^target/, '')
    .replace(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);
  return `--${name}`;
}

/** The schemas of a task's options by name, without the rules between them. */
export function optionSchemas({ options }: { options: z.ZodType }): Readonly<Record<string, z.ZodType>> {
  return options instanceof z.ZodObject ? (options.shape as Record<string, z.ZodType>) : {};
}

const OPTIONS = new Set<string>(WORKFLOW_TASKS.flatMap((task) => Object.keys(optionSchemas(task))));

/** Rewrites a sentence of the engine for the command line: options, which it names in straight quotes, become flags. */
export function withFlags(sentence: string): string {
  return sentence.replace(/"([a-z]+)"/gi, (quoted, name: string) => (OPTIONS.has(name) ? flagOf(name) : quoted));
}
