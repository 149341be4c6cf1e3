import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { COMPILE_CACHE } from '../../../launcher/environment.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The environment of this process. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: the one place where these tests read it
  return process.env;
}

/** Where the app was built for these tests, when not at its usual place. */
export function appBuildVariables(): Record<string, string> {
  const { STORY_TREE_DIST } = ownEnvironment();
  return STORY_TREE_DIST === undefined ? {} : { STORY_TREE_DIST };
}

/** What every program of the product needs, and nothing that would configure it. As launched, Node compiles once. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE = path.join(ROOT, COMPILE_CACHE) } = ownEnvironment();
  return { PATH, HOME: tmpdir(), NODE_COMPILE_CACHE };
}
