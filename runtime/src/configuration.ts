import path from 'node:path';
import process from 'node:process';
import { type DotEnv, parseDotEnv, readDotEnv } from './dotEnv.ts';
import { ENVIRONMENT_VARIABLES, type Environment, parseEnvironment, REPOSITORY_ROOT } from './environment.ts';
import { ignoredNames } from './ignoredNames.ts';

/** The configuration of a program, with what people want to know about it. */
export interface Configuration {
  environment: Environment;
  /** Each variable that is set, as it is set. The values may be secrets: `shownValue` is for showing them. */
  settings: readonly Setting[];
  /** Sentences about what was set without effect, such as a misspelt name. */
  warnings: readonly string[];
}

export interface Setting {
  name: string;
  value: string;
  /** As in "line 3 of .env". */
  place: string;
}

const EXPORTED = 'the environment';
const NO_FILE = parseDotEnv('');

/**
 * Reads the configuration: exported variables first, then `.env` at the root. Programs that this one starts inherit both. A
 * program that was started by another of ours has no warnings: the other one has given them.
 * @throws StoryTreeError `not_configured` saying what cannot be used as it is set
 */
export function readConfiguration(): Configuration {
  const file = readDotEnv(path.join(REPOSITORY_ROOT, '.env'));
  // biome-ignore lint/style/noProcessEnv: the edge of the process, where configuration enters
  const exported = process.env;
  const configuration = configurationOf(exported, file);
  for (const [name, value] of Object.entries(file.values)) exported[name] ??= value;
  return process.connected ? { ...configuration, warnings: [] } : configuration;
}

/**
 * The configuration that exported variables and a `.env` file make together.
 * @throws StoryTreeError `not_configured` saying what cannot be used as it is set
 */
export function configurationOf(
  exported: Readonly<Record<string, string | undefined>>,
  file: DotEnv = NO_FILE,
): Configuration {
  const variables: Readonly<Record<string, string | undefined>> = { ...file.values, ...exported };
  const placeOf = (name: string) => (exported[name] === undefined ? `line ${file.lines.get(name)} of .env` : EXPORTED);
  const settings = ENVIRONMENT_VARIABLES.map((name) => ({ name, value: variables[name] ?? '', place: placeOf(name) }));
  return {
    environment: parseEnvironment(variables, placeOf),
    settings: settings.filter(({ value }) => value.trim() !== ''),
    warnings: [...file.warnings, ...ignoredNames(exported, file)],
  };
}
