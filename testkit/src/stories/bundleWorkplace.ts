import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFileAssetStore } from '@story-tree/agent-backend';
import type { AssetStore, StoryState } from '@story-tree/domain';
import { onTestFinished } from 'vitest';
import type { PlayerBundleOptions } from '../../../agent-backend/src/bundle/buildPlayerBundle.ts';
import type { AssetManifest } from '../../../agent-backend/src/bundle/bundleAssets.ts';

/** A manifest by which everything that is recorded is there. */
export const everythingThere: AssetManifest = {
  imagePath: (shot, label) => `assets/shots/${label}/${shot.shotIndex}_key_frame.png`,
  audioPath: (shot, label) => `assets/shots/${label}/${shot.shotIndex}_audio.wav`,
  musicPath: (cueName) => `assets/music/${cueName}.m4a`,
};

/** Places for one test: assets, a player template and an output root that does not exist yet. */
export interface Workplace {
  root: string;
  assets: AssetStore;
  templatePath: string;
  outputRoot: string;
  logged: { level: string; message: string }[];
  /** Where a file of the store lies. */
  locate(storePath: string): string;
  /** Writes every file that the rows name, each with content of its own. */
  fill(state: StoryState): Promise<void>;
  /** Writes one asset, last changed at a fixed time. */
  put(storePath: string, content: string): Promise<void>;
  options(state: StoryState, given?: Partial<PlayerBundleOptions>): PlayerBundleOptions;
}

export const EXPORTED_AT = new Date('2026-11-20T10:00:00.000Z');

export async function workplace(): Promise<Workplace> {
  const root = await mkdtemp(path.join(tmpdir(), 'story-tree-bundle-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const assets = createFileAssetStore(path.join(root, 'public'));
  const templatePath = path.join(root, 'player.html');
  await writeFile(templatePath, "<!doctype html>\r\n<title>$& $' Ünïcode\u2028</title>\n");
  const logged: Workplace['logged'] = [];
  const locate = (storePath: string) => path.join(root, 'public', storePath);
  const put: Workplace['put'] = async (storePath, content) => {
    const file = locate(storePath);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await utimes(file, EXPORTED_AT, EXPORTED_AT);
  };
  return {
    root,
    assets,
    templatePath,
    outputRoot: path.join(root, 'output', 'stories'),
    logged,
    locate,
    put,
    async fill({ shots }) {
      const paths = shots.flatMap((shot) => [shot.keyFrameImagePath, shot.audioFilePath]);
      const named = paths.filter((storePath) => storePath !== null);
      for (const storePath of named) await put(storePath, `content of ${storePath}`);
    },
    options(state, given) {
      return {
        state,
        assets,
        templatePath,
        outputRoot: path.join(root, 'output', 'stories'),
        now: () => EXPORTED_AT,
        log: (level, message) => logged.push({ level, message }),
        ...given,
      };
    },
  };
}

/** Every file below a folder with its content, by relative path; empty when there is no such folder. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [path.relative(folder, file), contents[index] ?? '']));
}

/** The names in a folder, hidden ones included. */
export const namesIn = (folder: string) => readdir(folder).then((names) => names.sort());
