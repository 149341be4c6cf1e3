import { slotCounts } from '@story-tree/agent-backend';
import { createStubModels } from '@story-tree/stub-models';
import { type BenchRow, seconds } from './measure.ts';
import { withBenchStory } from './pipeline/benchStory.ts';

const SMALL = 100;
const LARGE = 10_000;
const CONCURRENCY = 8;
/** Small stories run first, until the program is as fast as it gets. */
const WARM_UP = 4;

/** The time per scenelet of writing a large script, compared with a small one. */
export function scriptGrowthRow(): BenchRow {
  return {
    name: `script of ${LARGE.toLocaleString('en')} scenelets, time per scenelet`,
    baseline: `the same with ${SMALL} scenelets`,
    bar: 1.25,
    rounds: 1,
    async round() {
      const small: number[] = [];
      for (let story = 0; story <= WARM_UP; story += 1) small.push(await secondsEach(SMALL));
      return (await secondsEach(LARGE)) / Math.min(...small);
    },
  };
}

function secondsEach(sceneletCount: number): Promise<number> {
  const models = createStubModels({ sceneletCount, branching: 2, shotsPerScenelet: 1 });
  return withBenchStory({ models, slots: slotCounts(CONCURRENCY) }, async ({ workflow }) => {
    await workflow.runTask('CREATE_CONSTITUTION');
    return (await seconds(() => workflow.runTask('CREATE_INTERACTIVE_SCRIPT'))) / sceneletCount;
  });
}
