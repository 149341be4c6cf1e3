import type { StoryState } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { createMemoryStory } from '@story-tree/testkit/stories/memoryStory.ts';
import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { textOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { PLAIN_MEDIA } from '../testing/scriptedModels.ts';
import { WORKFLOW_TASKS } from '../workflow/tasks.ts';

/** A story like any other of the tests, with ids of its own. */
const story = (): StoryState => tellableStory({ media: true });

/** Every request of a task that regenerates everything. Rows come from the database in the order given by `arrange`. */
async function requestsOf(name: string, task: (typeof WORKFLOW_TASKS)[number]['task'], arrange: <T>(rows: T[]) => T[]) {
  const before = story();
  const memory = createMemoryStory(before);
  const { scenelets, referenceImages } = memory.repositories;
  const repositories = {
    ...memory.repositories,
    scenelets: { ...listsOf(scenelets), list: async (id: string) => arrange(await scenelets.list(id)) },
    referenceImages: {
      ...listsOf(referenceImages),
      list: async (id: string) => arrange(await referenceImages.list(id)),
    },
  };
  const script = { ...textOf(createStubModels()), ...PLAIN_MEDIA };
  const { workflow, models } = workflowRig(before, script, { ...memory, repositories });
  const cascades = WORKFLOW_TASKS.some((row) => row.task === task && row.definesIds);
  const handle = await workflow({ [`${name}TaskOptions`]: { override: true, ...(cascades ? { cascade: true } : {}) } });
  await handle.runTask(task);
  const texts = models.requests.map((request) => JSON.stringify(request));
  return { texts: texts.toSorted(), ids: [before.story.id, ...before.scenelets.map(({ id }) => id)] };
}

/** The methods of a recorded repository as plain members, to be replaced one by one. */
function listsOf<T extends object>(repository: T): T {
  const names = Object.keys(repository) as (keyof T)[];
  return Object.fromEntries(names.map((name) => [name, repository[name]])) as T;
}

const asking = WORKFLOW_TASKS.filter(({ kind }) => kind !== 'bundle').map(({ task, name }) => [task, name] as const);

test.each(asking)(
  '%s asks the same of stories that are alike, in whatever order their rows come',
  async (task, name) => {
    const inOrder = await requestsOf(name, task, (rows) => rows);
    const reversed = await requestsOf(name, task, (rows) => rows.toReversed());
    expect(inOrder.texts.length).toBeGreaterThan(0);
    expect(reversed.texts).toEqual(inOrder.texts);
    for (const text of inOrder.texts) {
      expect(inOrder.ids.filter((id) => text.includes(id))).toEqual([]);
      expect(text).not.toMatch(/\b20\d\d-\d\d-\d\dT/);
    }
  },
);
