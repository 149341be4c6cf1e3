import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  bundleIsCurrent,
  loadEmbeddedBundle,
  normalizeNameToId,
  runPlayerBundleTask,
  type WorkflowSettings,
} from '@story-tree/agent-backend';
import type { AssetStore, StoryState } from '@story-tree/domain';
import type { Bundles } from '../appServices.ts';
import type { Logger } from '../log.ts';
import type { StoryFinder } from '../stories/storyFinder.ts';
import { readableUntil } from './readableUntil.ts';
import { listForZip, zipFolder } from './zipFolder.ts';

export interface BundlesParts {
  finder: StoryFinder;
  assets: AssetStore;
  settings: WorkflowSettings;
  log: Logger;
}

export function createBundles({ finder, assets, settings, log }: BundlesParts): Bundles {
  const { outputRoot, playerTemplate: templatePath } = settings;

  /** The bundle that lies in its place when it is as the story is now, else one made for this download alone. */
  async function currentFolder(state: StoryState): Promise<{ folder: string; discard(): Promise<void> }> {
    const source = { state, assets, templatePath };
    if (await bundleIsCurrent({ ...source, outputRoot })) {
      return { folder: path.join(outputRoot, state.story.id), discard: async () => undefined };
    }
    const temporary = await mkdtemp(path.join(tmpdir(), 'story-tree-zip-'));
    const discard = () => rm(temporary, { recursive: true, force: true });
    try {
      const tell = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => log[level](message);
      const now = () => new Date();
      const { bundlePath } = await runPlayerBundleTask({ ...source, outputRoot: temporary, now, log: tell });
      return { folder: bundlePath, discard };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  return {
    async embedded(storyId) {
      const state = await finder.load(storyId);
      return await loadEmbeddedBundle({ state, assets, exportedAt: new Date() });
    },

    async download(storyId) {
      const state = await finder.load(storyId);
      const name = asciiName(state.story.displayName);
      const { folder, discard } = await currentFolder(state);
      try {
        const source = await listForZip(folder);
        return { fileName: `${name}.zip`, body: readableUntil(zipFolder(source, name), discard) };
      } catch (error) {
        await discard();
        throw error;
      }
    },
  };
}

/** Old programs that unpack zips know no other letters. */
function asciiName(displayName: string): string {
  const ascii = normalizeNameToId(displayName).replaceAll(/[^a-z0-9]+/gi, '-');
  return ascii.replaceAll(/^-|-$/g, '').slice(0, 60) || 'story';
}
