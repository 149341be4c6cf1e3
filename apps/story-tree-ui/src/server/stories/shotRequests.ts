import { shotKey } from '@story-tree/agent-backend';
import { type StoryRepositories, StoryTreeError } from '@story-tree/domain';
import type { ModelCallReader } from '@story-tree/supabase';
import type { ShotRequestReading } from '../../services/index.ts';
import type { StoryFinder } from './storyFinder.ts';

export interface ShotRequestsParts {
  repositories: Pick<StoryRepositories, 'scenelets' | 'shots'>;
  calls: ModelCallReader;
  finder: StoryFinder;
}

export function createShotRequestReading(parts: ShotRequestsParts): ShotRequestReading {
  const { repositories, calls, finder } = parts;
  return async (storyId, shotId) => {
    await finder.require(storyId);
    const [scenelets, shots] = await Promise.all([
      repositories.scenelets.list(storyId),
      repositories.shots.list(storyId),
    ]);
    const shot = shots.find(({ id }) => id === shotId);
    const scenelet = scenelets.find(({ id }) => id === shot?.sceneletId);
    if (shot === undefined || scenelet === undefined) throw missingShot(shotId);
    const key = shotKey({ shot, scenelet });
    const [image, speech] = await Promise.all([
      calls.lastRequest(storyId, 'CREATE_SHOT_IMAGES', key),
      calls.lastRequest(storyId, 'CREATE_SHOT_AUDIO', key),
    ]);
    return { image, speech };
  };
}

function missingShot(shotId: string): StoryTreeError {
  return new StoryTreeError('not_found', `This story has no shot ${shotId}: it may have been regenerated since.`);
}
