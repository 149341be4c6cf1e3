import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPILE_CACHE } from '../../launcher/environment.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What every program of the product needs, and nothing that would configure it. As launched, Node compiles once. */
export function bareEnvironment(): Record<string, string> {
  // biome-ignore lint/style/noProcessEnv: a process needs a PATH
  const { PATH = '', NODE_COMPILE_CACHE = path.join(ROOT, COMPILE_CACHE) } = process.env;
  return { PATH, HOME: tmpdir(), NODE_COMPILE_CACHE };
}
