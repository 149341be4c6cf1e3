import {
  assembleEmbeddedBundle,
  bundleFiles,
  normalizeNameToId,
  type WorkflowSettings,
} from '@story-tree/agent-backend';
import type { AssetStore } from '@story-tree/domain';
import type { Bundles } from '../../services/index.ts';
import { requireCaller } from '../auth/caller.ts';
import { createPlaces } from '../limits.ts';
import type { StoryFinder } from '../stories/storyFinder.ts';
import { readableUntil } from './readableUntil.ts';
import { requireFitsZip, zipBundle } from './zipBundle.ts';

/** Each holds the names of all files of its story in memory, and a connection. */
const DOWNLOADS = {
  perCaller: 4,
  inAll: 32,
  retryAfterS: 30,
  sentence: 'Too many downloads are under way: wait until one has finished, then try again.',
};

export interface BundlesParts {
  finder: StoryFinder;
  assets: AssetStore;
  settings: Pick<WorkflowSettings, 'playerTemplate'>;
}

export function createBundles({ finder, assets, settings }: BundlesParts): Bundles {
  const downloads = createPlaces(DOWNLOADS);
  return {
    embedded: (storyId) =>
      finder.withState(storyId, (state) => assembleEmbeddedBundle({ state, assets, exportedAt: new Date() })),

    async download(storyId) {
      const leave = downloads.take(requireCaller().id);
      try {
        const templatePath = settings.playerTemplate;
        const { name, files } = await finder.withState(storyId, async (state) => ({
          name: asciiName(state.story.displayName),
          files: await bundleFiles({ state, assets, templatePath, exportedAt: new Date() }),
        }));
        requireFitsZip(files);
        return { fileName: `${name}.zip`, body: readableUntil(zipBundle(files, assets, name), leave) };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

/** Old unzip programs support no other characters. */
function asciiName(displayName: string): string {
  const ascii = normalizeNameToId(displayName).replaceAll(/[^a-z0-9]+/gi, '-');
  return ascii.replaceAll(/^-|-$/g, '').slice(0, 60) || 'story';
}
