import { setImmediate as turn } from 'node:timers/promises';
import type { ScriptStep, StoryState } from '@story-tree/domain';
import { createMemoryStory } from '@story-tree/testkit/stories/memoryStory.ts';
import { promptOnly } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { scriptedModels } from '../../testing/scriptedModels.ts';
import { smallStory, step, targetOf } from './testScript.ts';

const constituted = () => promptOnly({ storyConstitution: '# Low Tide', targetSceneletsPerPath: 4 });
const TASK = 'CREATE_INTERACTIVE_SCRIPT';
const resume = { interactiveScriptTaskOptions: { resume: true } };

/** The tree without the database's ids. */
function shape({ scenelets }: StoryState) {
  const labels = new Map(scenelets.map(({ id, label }) => [id, label]));
  return scenelets.map(({ id: _, storyId: __, parentId, ...rest }) => ({
    ...rest,
    parent: parentId === null ? null : labels.get(parentId),
  }));
}

async function written(script = smallStory, wait: () => Promise<void> = async () => {}) {
  const rig = workflowRig(constituted(), {
    async text(request) {
      await wait();
      return script(request);
    },
  });
  await (await rig.workflow()).runTask(TASK);
  return rig;
}

/** Waits for a few turns of the event loop, as many as the seed says. */
function unevenly(seed: number): () => Promise<void> {
  let state = seed;
  return async () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turns = state % 7; turns > 0; turns -= 1) await turn();
  };
}

test('the tree has the labels of its places, choices in the order of the model', async () => {
  const { state } = await written();
  expect(shape(await state()).map(({ label, choiceLabelFromParent }) => [label, choiceLabelFromParent])).toEqual([
    ['scenelet-1', null],
    ['scenelet-2a', 'Zebra'],
    ['scenelet-3aa', 'Down'],
    ['scenelet-4aa', null],
    ['scenelet-3ab', 'Up'],
    ['scenelet-4ab', null],
    ['scenelet-5ab', null],
    ['scenelet-2b', 'Apple'],
    ['scenelet-3b', null],
    ['scenelet-2c', 'Mango'],
    ['scenelet-3c', null],
    ['scenelet-4c', null],
  ]);
  expect(shape(await state())[0]).toMatchObject({ isBranchPoint: true, choicePrompt: 'What now, after scenelet-1?' });
});

test.each([1, 2, 3, 4, 5])('whatever order the replies come in (%i), the story is the same', async (seed) => {
  const [calm, uneven] = await Promise.all([written(), written(smallStory, unevenly(seed))]);
  expect(shape(await uneven.state())).toEqual(shape(await calm.state()));
});

describe('resuming', () => {
  /** The story after as many of its steps as a killed run stored. */
  async function stoppedAfter(steps: readonly ScriptStep[]): Promise<StoryState> {
    const before = constituted();
    const memory = createMemoryStory(before);
    const ids = new Map<string, string>();
    for (const { parentId, ...rest } of steps) {
      const parent = parentId === null ? null : (ids.get(parentId) ?? null);
      const added = await memory.repositories.scenelets.addStep(before.story.id, { ...rest, parentId: parent });
      for (const { id, label } of added) ids.set(label, id);
    }
    return memory.state();
  }

  test('from any state that a kill can leave completes the story and changes nothing that is stored', async () => {
    const whole = await written();
    const finished = shape(await whole.state());
    const labels = new Map((await whole.state()).scenelets.map(({ id, label }) => [id, label]));
    const steps = whole.calls
      .filter(({ method }) => method === 'scenelets.addStep')
      .map(({ args }) => args[1] as ScriptStep)
      .map((stored) => ({ ...stored, parentId: stored.parentId && (labels.get(stored.parentId) ?? null) }));
    expect(steps).toHaveLength(9);

    for (let count = 0; count <= steps.length; count += 1) {
      const partial = await stoppedAfter(steps.slice(0, count));
      const rig = workflowRig(partial, { text: smallStory });
      const result = await (await rig.workflow(resume)).runTask(TASK);
      expect(result).toMatchObject({ made: steps.length - count, total: steps.length });
      const after = await rig.state();
      expect(shape(after)).toEqual(finished);
      const kept = after.scenelets.filter(({ id }) => partial.scenelets.some((before) => before.id === id));
      expect(kept.map(({ id, label, content }) => ({ id, label, content }))).toEqual(
        partial.scenelets.map(({ id, label, content }) => ({ id, label, content })),
      );
    }
  });

  test('pays nothing for replies that were committed but not stored', async () => {
    const { dependencies, workflow, journal, repositories, state } = workflowRig(constituted(), { text: smallStory });
    const { addStep } = repositories.scenelets;
    let stored = 0;
    repositories.scenelets.addStep = async (...args) => {
      stored += 1;
      if (stored > 3) throw new Error('killed');
      return addStep(...args);
    };
    await failureOf((await workflow()).runTask(TASK));
    expect((await state()).scenelets.length).toBeLessThan(12);
    const committed = new Set(journal.calls.map(({ unitKey }) => unitKey));

    repositories.scenelets.addStep = addStep;
    const models = scriptedModels({ text: smallStory });
    await (await workflow({ ...resume, ...dependencies, models, runId: 'run-2' })).runTask(TASK);
    const asked = models.requests.map((request) => request.kind === 'text' && targetOf(request));
    expect(asked.filter((target) => committed.has(target || ''))).toEqual([]);
    expect(asked.length + committed.size).toBe(9);
  });
});

test('a request has only the constitution and the path to its target, in the same words in every run', async () => {
  const { models } = await written();
  const texts = models.requests.map((request) => (request.kind === 'text' ? (request.turns[0]?.text ?? '') : ''));
  const about = (target: string) => texts.find((text) => text.endsWith(`\nTarget: ${target}`)) ?? '';
  expect(about('root')).toContain('# Low Tide');
  expect(about('root')).toContain('Scenelets per path: 4');
  const text = about('scenelet-3ab');
  expect([...text.matchAll(/id: (\S+)/g)].map(([, id]) => id)).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-3ab']);
  expect(text).toContain('choice_prompt: What now, after scenelet-1?');
  expect(text.match(/role: branch/g)).toHaveLength(2);
  expect(text).toContain('Scenelets on this path so far: 3');
});

describe('limits', () => {
  const endless = (request: Parameters<typeof smallStory>[0]) =>
    targetOf(request) === 'root' ? step('root', [null]) : step(targetOf(request), ['On', 'Back']);

  async function limited(limits: { maxDepth?: number; maxScenelets?: number }) {
    const rig = workflowRig(constituted(), { text: endless });
    const { settings } = rig.dependencies;
    const script = { ...settings.script, ...limits };
    await (await rig.workflow({ settings: { ...settings, script } })).runTask(TASK);
    return { ...rig, scenelets: (await rig.state()).scenelets };
  }

  test('a scenelet at the greatest depth is an ending, whatever the model says', async () => {
    const { scenelets } = await limited({ maxDepth: 4 });
    expect(scenelets).toHaveLength(15);
    for (const { label, isTerminalNode } of scenelets) expect(isTerminalNode).toBe(label.startsWith('scenelet-4'));
  });

  test('a story never has more scenelets than allowed: paths still open end where they are', async () => {
    const { scenelets, progress, models } = await limited({ maxScenelets: 10 });
    expect(scenelets.length).toBeLessThanOrEqual(10);
    const parents = new Set(scenelets.map(({ parentId }) => parentId));
    for (const { id, isTerminalNode } of scenelets) expect(isTerminalNode).toBe(!parents.has(id));
    expect(progress.filter(({ kind }) => kind === 'warning').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('becomes an ending'),
    );
    expect(models.requests.length).toBeLessThan(12);
  });
});

test('an override rewrites the script', async () => {
  const { state, dependencies, workflow } = await written();
  const before = await state();
  const models = scriptedModels({ text: (request) => step(targetOf(request), [null], { is_concluding_scene: true }) });
  const handle = await workflow({
    ...dependencies,
    models,
    interactiveScriptTaskOptions: { override: true },
    runId: '2',
  });
  await handle.runTask(TASK);
  const after = await state();
  expect(after.scenelets.map(({ label }) => label)).toEqual(['scenelet-1']);
  expect(before.scenelets.some(({ id }) => id === after.scenelets[0]?.id)).toBe(false);
});
