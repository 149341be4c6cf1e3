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

const OPTION_BY_FLAG = new Map(
  WORKFLOW_TASKS.flatMap((task) => Object.keys(optionSchemas(task))).map((option) => [flagOf(option), option]),
);

/** One flag or several in a row, at the beginning of a word. */
const FLAGS = /(?<![\w-])--[a-z]+(?:-[a-z]+)*(?: --[a-z]+(?:-[a-z]+)*)*/g;

/** Rewrites a sentence for the command line for people who use the API or the app: flags become names of options. */
export function withOptionNames(sentence: string): string {
  return sentence.replace(FLAGS, (flags) => flags.split(' ').map(optionName).join(' and '));
}

function optionName(flag: string): string {
  const option = OPTION_BY_FLAG.get(flag);
  return option === undefined ? flag : `"${option}"`;
}
