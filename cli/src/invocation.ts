import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** How the command line was called: the arguments, and the folder in which a person typed them. */
export interface Invocation {
  args: readonly string[];
  folder: string;
}

/**
 * The folder in which a command was typed. npm changes to the root of the checkout, and says where it came from.
 * @param variables the environment
 */
export function typedIn(variables: Readonly<Record<string, string | undefined>>, workingFolder: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: before } = variables;
  return script === 'story-tree' && before !== undefined && workingFolder === ROOT ? before : workingFolder;
}

/** The path that a person means, who may also have typed it where the shell does not expand `~`. */
export function pathFrom(folder: string, typed: string): string {
  const expanded = /^~(?=$|[\\/])/.test(typed) ? path.join(homedir(), typed.slice(1)) : typed;
  return path.resolve(folder, expanded);
}

/** A command of ours as it can be pasted where the person is. */
export function commandFrom(folder: string, args: readonly string[]): string {
  return [...npmFrom(folder), 'run', 'story-tree', '--', ...args].map(quoted).join(' ');
}

/** Names commands in a sentence, `story-tree …` and `npm …`, as they can be pasted where the person is. */
export function withCommands(folder: string, sentence: string): string {
  const npm = npmFrom(folder).map(quoted).join(' ');
  return sentence
    .replaceAll('`story-tree ', () => `\`${npm} run story-tree -- `)
    .replaceAll(/`npm (?=start|run )(?!run story-tree)/g, () => `\`${npm} `);
}

/** npm looks for scripts in the nearest folder that is a package; elsewhere than below ours it has to be told. */
function npmFrom(folder: string): string[] {
  const isPackage = (candidate: string) =>
    ['package.json', 'node_modules'].some((name) => existsSync(path.join(candidate, name)));
  let nearest = folder;
  while (!isPackage(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  return nearest === ROOT ? ['npm'] : ['npm', '--prefix', ROOT];
}

/** A word as shells take it whole. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return process.platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
