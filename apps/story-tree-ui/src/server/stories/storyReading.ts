import type { WorkflowSettings } from '@story-tree/agent-backend';
import type { AssetStore, StoryOverviewEntry, StoryRepositories, StoryState } from '@story-tree/domain';
import type { StoryOverview } from '@story-tree/supabase';
import type { StoryReading } from '../../services/index.ts';
import type { StoryCard, StoryDetail } from '../../wire/index.ts';
import { toWire } from '../toWire.ts';
import type { StoryFinder } from './storyFinder.ts';
import { workflowStates } from './workflowStates.ts';

export interface StoryReadingParts {
  repositories: StoryRepositories;
  overview: StoryOverview;
  assets: AssetStore;
  settings: WorkflowSettings;
  finder: StoryFinder;
}

export function createStoryReading(parts: StoryReadingParts): StoryReading {
  const { repositories, overview, finder } = parts;

  async function detail(state: StoryState): Promise<StoryDetail> {
    const [versions, figures, workflow] = await Promise.all([
      repositories.stories.constitutionVersions(state.story.id),
      overview.get(state.story.id),
      workflowStates(state, parts),
    ]);
    return {
      story: toWire(state.story),
      scenelets: state.scenelets,
      shots: state.shots,
      referenceImages: state.referenceImages,
      workflow,
      constitutionVersion: versions[0]?.version ?? null,
      activeTaskId: figures?.activeTaskId ?? null,
      costUsd: figures?.costUsd ?? 0,
      playable: figures?.playable ?? false,
    };
  }

  return {
    async cards() {
      return (await overview.list()).map(card);
    },

    async has(storyId) {
      return (await repositories.stories.get(storyId)) !== null;
    },

    detail: (storyId) => finder.withState(storyId, detail),

    async constitutionVersions(storyId) {
      await finder.require(storyId);
      return toWire(await repositories.stories.constitutionVersions(storyId));
    },
  };
}

function card({ keyArtPath, createdAt, ...figures }: StoryOverviewEntry): StoryCard {
  return { ...figures, createdAt: createdAt.toISOString(), keyArt: keyArtPath === null ? null : `/${keyArtPath}` };
}
