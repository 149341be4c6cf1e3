import path from 'node:path';
import process from 'node:process';
import { ensureApp } from '../../../launcher/app.mjs';
import { buildFolder, isBuilt } from '../../../launcher/appBuild.mjs';
import { wantedAppStamp } from '../../../launcher/appStamp.mjs';
import { ownEnvironment } from './processEnvironment.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Builds the web app unless what was built last is from the sources as they are. Several may ask at once. */
export async function ensureAppIsBuilt(): Promise<void> {
  const env = ownEnvironment();
  if (isBuilt(buildFolder(ROOT, env), wantedAppStamp(ROOT, process.version))) return;
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
