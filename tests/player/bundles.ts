import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { StoryBundle } from '../../domain/src/bundle.ts';
import { makePng, makeWav } from './media.ts';

const PLAYER = fileURLToPath(new URL('../../agent-backend/src/bundle/templates/player.html', import.meta.url));

/** What to write in place of a well-formed asset, by its path in the bundle; null writes no file. */
type AssetOverrides = Record<string, Buffer | string | null>;

/** Seconds of speech in every audio file: long enough to be heard as playing, short for the tests. */
const SPEECH_SECONDS = 0.6;

/** Writes a bundle folder with small real pictures and speech, removed after the test; returns the folder. */
export async function writeBundle(story: StoryBundle, overrides: AssetOverrides = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'story-tree-player-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const json = JSON.stringify(story, null, 2);
  await copyFile(PLAYER, join(folder, 'player.html'));
  await writeFile(join(folder, 'story.json'), json);
  await writeFile(join(folder, 'story.js'), `window.STORY_TREE_BUNDLE = ${asScript(json)};\n`);
  let hue = 190;
  for (const path of assetPaths(story)) {
    hue += 47;
    const content =
      path in overrides ? overrides[path] : path.endsWith('.png') ? makePng(hue % 360) : makeWav(SPEECH_SECONDS);
    if (content !== null && content !== undefined) await writeAsset(join(folder, path), content);
  }
  return folder;
}

/** The address of a bundle's player on the disk. */
export function fileAddress(folder: string): string {
  return pathToFileURL(join(folder, 'player.html')).href;
}

function assetPaths(story: StoryBundle): Set<string> {
  const shots = story.scenelets.flatMap((scenelet) => scenelet.shots);
  const music = (story.music ?? []).map((cue) => cue.audioPath);
  const paths = [...shots.flatMap(({ imagePath, audioPath }) => [imagePath, audioPath]), ...music];
  return new Set(paths.filter((path) => path !== null).map((path) => path.replace(/^\//, '')));
}

async function writeAsset(path: string, content: Buffer | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function asScript(json: string): string {
  return json.replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
