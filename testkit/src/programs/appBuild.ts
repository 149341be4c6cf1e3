import path from 'node:path';
import process from 'node:process';
import { ensureApp } from '../../../launcher/app.mjs';
import { buildFolder, isBuilt, wantedAppStamp } from '../../../launcher/appStamp.mjs';
import { ownEnvironment } from './processEnvironment.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Builds the web app unless what was built last is from the sources as they are. Several may ask at once. */
export async function ensureAppIsBuilt(): Promise<void> {
  const env = ownEnvironment();
  // A Node that the launcher fetched stands in the stamp with its path.
  const stamps = [process.version, process.execPath].map((node) => wantedAppStamp(ROOT, node));
  if (stamps.some((stamp) => isBuilt(buildFolder(ROOT, env), stamp))) return;
  const said: string[] = [];
  const say = {
    line: (text: string) => void said.push(text),
    step: <T>(_text: string, work: () => Promise<T>) => work(),
  };
  try {
    await ensureApp({ root: ROOT, env, say, stdout: process.stdout, node: process.execPath });
  } catch (cause) {
    throw new Error(`The app could not be built.\n${said.join('\n')}`, { cause });
  }
}
