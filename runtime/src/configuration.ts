import path from 'node:path';
import process from 'node:process';
import { type DotEnv, parseDotEnv, readDotEnv } from './dotEnv.ts';
import { ENVIRONMENT_VARIABLES, type Environment, EXPORTED, parseEnvironment, REPOSITORY_ROOT } from './environment.ts';
import { ignoredNames } from './ignoredNames.ts';
import { PROXY_VARIABLES, unusableProxies, useProxies } from './proxies.ts';

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
  useProxies(configuration.environment);
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
  const settings = ENVIRONMENT_VARIABLES.flatMap((name) => settingOf(name, exported, file) ?? []);
  const variables = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  const places = new Map(settings.map(({ name, place }) => [name, place]));
  const environment = parseEnvironment(variables, (name) => places.get(name) ?? EXPORTED);
  return {
    environment,
    settings,
    warnings: [...file.warnings, ...ignoredNames(exported, file), ...unusableProxies(environment)],
  };
}

/** Exported as empty, a variable is not set, whatever the file says. */
function settingOf(
  name: string,
  exported: Readonly<Record<string, string | undefined>>,
  { values, lines }: DotEnv,
): Setting | undefined {
  const names = spellings(name);
  const out = names.find((spelling) => exported[spelling] !== undefined);
  const written = out ?? names.find((spelling) => values[spelling] !== undefined);
  if (written === undefined) return undefined;
  const value = (out === undefined ? values : exported)[written] ?? '';
  const place = out === undefined ? `line ${lines.get(written)} of .env` : EXPORTED;
  return value.trim() === '' ? undefined : { name, value, place };
}

function spellings(name: string): string[] {
  return PROXY_VARIABLES.some((proxy) => proxy === name) ? [name.toLowerCase(), name] : [name];
}
