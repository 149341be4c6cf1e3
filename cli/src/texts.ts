import { Argument, InvalidArgumentError, Option } from 'commander';

/** A flag whose value is a text that says something. */
export function textFlag(flags: string, help: string): Option {
  return new Option(flags, help).argParser(someText);
}

/** The id that a command is about. */
export function idArgument(): Argument {
  return new Argument('<id>').argParser(someText);
}

function someText(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It is empty: give some text, or leave it out.');
}
