import { z } from 'zod';
import { WORKFLOW_TASKS } from './tasks.ts';

/** How the command line spells an option, as in `--scenelet-id` for `targetSceneletId`. */
export function flagOf(option: string): string {
  const name = option
    .replace(/^target/, '')
    .replace(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);
  return `--${name}`;
}

/** The options of a task by name, whatever rules stand around them. */
export function optionSchemas({ options }: { options: z.ZodType }): Readonly<Record<string, z.ZodType>> {
  return options instanceof z.ZodObject ? (options.shape as Record<string, z.ZodType>) : {};
}

const OPTION_BY_FLAG = new Map(
  WORKFLOW_TASKS.flatMap((task) => Object.keys(optionSchemas(task))).map((option) => [flagOf(option), option]),
);

/** One or several in a row, where a word begins. */
const FLAGS = /(?<![\w-])--[a-z]+(?:-[a-z]+)*(?: --[a-z]+(?:-[a-z]+)*)*/g;

/** A sentence written for the command line, for people who have none: its flags become the names of options. */
export function withOptionNames(sentence: string): string {
  return sentence.replace(FLAGS, (flags) => flags.split(' ').map(optionName).join(' and '));
}

function optionName(flag: string): string {
  const option = OPTION_BY_FLAG.get(flag);
  return option === undefined ? flag : `"${option}"`;
}
