import { labelDepth, type StoryMeasures } from '@story-tree/domain';
import { SAMPLE_CAST } from './sample/cast.ts';
import { SAMPLE_SCENELETS_PER_PATH } from './sample/constitution.ts';
import { SAMPLE_PLACES } from './sample/places.ts';
import { SAMPLE_SCENELETS } from './sample/story/index.ts';
import { type StubSettings, type SyntheticSize, syntheticSize } from './settings.ts';
import { planTree } from './synthetic/plan.ts';

/** True of nearly every synthetic story: its few speakers have all soon spoken. */
const SYNTHETIC_CHARACTERS = 3;
const SYNTHETIC_ENVIRONMENTS = 3;

/**
 * The size of the stub's story, which does not depend on requests; its target is the length of its longest path.
 * @throws StoryTreeError `invalid_input` for a number out of range
 */
export function stubMeasures(settings: StubSettings): StoryMeasures {
  const size = syntheticSize(settings);
  return size === null ? sampleMeasures() : syntheticMeasures(size);
}

function sampleMeasures(): StoryMeasures {
  const all = [...SAMPLE_SCENELETS.values()];
  const parents = new Set(all.map(({ parent }) => parent));
  const shots = all.flatMap((scenelet) => scenelet.shots);
  return {
    targetSceneletsPerPath: SAMPLE_SCENELETS_PER_PATH,
    scenelets: all.length,
    endings: all.filter(({ label }) => !parents.has(label)).length,
    sceneletsWithShots: all.length,
    shots: shots.length,
    spokenShots: shots.filter(({ lines }) => lines.length > 0).length,
    characters: SAMPLE_CAST.length,
    environments: SAMPLE_PLACES.length,
  };
}

function syntheticMeasures(size: SyntheticSize): StoryMeasures {
  const plan = planTree(size);
  const labels = [...plan.keys()].filter((label) => label !== 'root');
  const shots = labels.length * size.shotsPerScenelet;
  return {
    targetSceneletsPerPath: Math.max(...labels.map(labelDepth)),
    scenelets: labels.length,
    endings: labels.filter((label) => plan.get(label)?.length === 0).length,
    sceneletsWithShots: labels.length,
    shots,
    spokenShots: shots,
    characters: SYNTHETIC_CHARACTERS,
    environments: SYNTHETIC_ENVIRONMENTS,
  };
}
