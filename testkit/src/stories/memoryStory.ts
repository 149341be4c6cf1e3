import { loadStoryState } from '@story-tree/agent-backend';
import {
  createMemoryAssets,
  createMemoryJournal,
  createMemoryRepositories,
  type MemoryAssets,
  type MemoryJournal,
  noRows,
  type Rows,
} from '@story-tree/agent-backend/testing';
import type { StoryRepositories, StoryState } from '@story-tree/domain';

/** One call of a repository, as in `shots.setAudio`. */
export interface RepositoryCall {
  method: string;
  args: readonly unknown[];
}

/** Everything that stories are kept in, in memory: full implementations of the ports that record how they are used. */
export interface MemoryStory {
  repositories: StoryRepositories;
  journal: MemoryJournal;
  assets: MemoryAssets;
  /** Calls of the repositories in their order. */
  calls: RepositoryCall[];
  /** The methods that changed something, in their order. */
  writes(): string[];
  /** What is stored of one story; of the only one unless told which. */
  state(storyId?: string): Promise<StoryState>;
}

/** Begins with what is stored of a story, files included, or with nothing. */
export function createMemoryStory(state?: StoryState): MemoryStory {
  const rows = noRows();
  const assets = createMemoryAssets();
  if (state) seed(rows, assets, structuredClone(state));
  const calls: RepositoryCall[] = [];
  const stored = createMemoryRepositories(rows);
  const repositories: StoryRepositories = {
    stories: recorded('stories', stored.stories, calls),
    scenelets: recorded('scenelets', stored.scenelets, calls),
    shots: recorded('shots', stored.shots, calls),
    referenceImages: recorded('referenceImages', stored.referenceImages, calls),
    whileHeld: stored.whileHeld,
  };
  return {
    repositories,
    journal: createMemoryJournal(),
    assets,
    calls,
    writes: () =>
      calls.map(({ method }) => method).filter((method) => !/\.(get|list|constitutionVersions)$/.test(method)),
    state: (storyId = rows.stories[0]?.id ?? '') => loadStoryState(stored, storyId),
  };
}

function seed(rows: Rows, assets: MemoryAssets, { story, scenelets, shots, referenceImages }: StoryState): void {
  rows.stories.push(story);
  rows.scenelets.push(...scenelets);
  rows.shots.push(...shots);
  rows.referenceImages.push(...referenceImages.map((image) => ({ storyId: story.id, ...image })));
  const named = shots.flatMap((shot) => [shot.keyFrameImagePath, shot.audioFilePath]);
  for (const path of [...named, ...referenceImages.map((image) => image.imagePath)]) {
    // Files of stories that are alike are alike, so no id in them.
    if (path !== null) assets.put(path, new TextEncoder().encode(path.split('/').slice(2).join('/')));
  }
}

function recorded<T extends object>(name: string, repository: T, calls: RepositoryCall[]): T {
  return new Proxy(repository, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        calls.push({ method: `${name}.${String(key)}`, args });
        return method.apply(target, args) as unknown;
      };
    },
  });
}
