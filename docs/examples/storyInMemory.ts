/**
 * The engine in a program of one's own: a story is made from a prompt, without a database, a disk or a service.
 * Run it with `node docs/examples/storyInMemory.ts`.
 */
import { createStoryWorkflow, loadEmbeddedBundle } from '@story-tree/agent-backend';
import { createMemoryAssets, createMemoryRepositories } from '@story-tree/agent-backend/testing';
import { createStubModels } from '@story-tree/stub-models';

const repositories = createMemoryRepositories();
const assets = createMemoryAssets();

const workflow = await createStoryWorkflow(
  { prompt: 'A lighthouse keeper finds a door in the sea.', mode: 'stub' },
  {
    repositories,
    models: createStubModels({ sceneletCount: 7, branching: 2, shotsPerScenelet: 1 }),
    assets,
    onProgress: ({ kind, message }) => {
      if (kind === 'task-done') console.error(message);
    },
  },
);

// The player's folder is the one task that needs a disk.
await workflow.runAllTasks({ until: 'CREATE_SHOT_AUDIO' });

const { metadata, scenelets } = await loadEmbeddedBundle(workflow.storyId, { repositories, assets });
console.log(`${metadata.title}: ${scenelets.length} scenelets`);
for (const { id, next, shots } of scenelets) console.log(`  ${id}, ${next.type}, ${shots.length} shot`);
