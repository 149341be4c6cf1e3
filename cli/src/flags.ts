import { WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import { HIGHEST_LIMIT_USD, STORY_MODES } from '@story-tree/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { textFlag } from './texts.ts';

/** The flags that several commands share, each a new one for every command that has it. */

/** Flags that describe a new story. */
export function addNewStoryFlags(command: Command): Command {
  return command
    .addOption(textFlag('--title <name>', 'the name of the story; by default the title in its constitution'))
    .addOption(textFlag('--language <language>', 'the language to tell it in'))
    .addOption(textFlag('--audience <audience>', 'who it is for'))
    .addOption(sceneletsFlag())
    .addOption(modeFlag());
}

export function taskFlag(flags: string, help: string): Option {
  return new Option(flags, help).choices(WORKFLOW_TASK_NAMES);
}

export function sceneletsFlag(): Option {
  const help = 'the number of scenelets on a path from the start to an ending';
  return new Option('--scenelets <n>', help).argParser(wholeNumberUpTo(100));
}

export function maxCostFlag(): Option {
  const help = 'do not start a call that could take the spending of this command above this amount, in US dollars';
  return new Option('--max-cost <usd>', help).argParser(amount);
}

export function modeFlag(): Option {
  const help = 'real models or the stub; by default real where GEMINI_API_KEY is set';
  return new Option('--mode <mode>', help).choices(STORY_MODES);
}

export function concurrencyFlag(): Option {
  const help = 'how many calls of each kind run at once (default: 4; speech: 1, in order)';
  return new Option('--concurrency <n>', help).argParser(wholeNumberUpTo(1_000));
}

function wholeNumberUpTo(highest: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isSafeInteger(number) && number >= 1 && number <= highest) return number;
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${highest}.`);
  };
}

function amount(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number > 0 && number <= HIGHEST_LIMIT_USD) return number;
  throw new InvalidArgumentError(`Expected an amount in US dollars above 0, up to ${HIGHEST_LIMIT_USD}.`);
}
