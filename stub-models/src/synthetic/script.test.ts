import { labelDepth, visualDesignReplySchema } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { createStubModels } from '../index.ts';
import {
  answer,
  CONSTITUTION,
  inConstitution,
  inTree,
  inVisualDesign,
  textRequest,
  withIds,
  writeScript,
} from '../testRequests.ts';

const sizes = [1, 2, 14, 100, 2000].flatMap((sceneletCount) =>
  [1, 2, 3, 4].map((branching) => ({ sceneletCount, branching })),
);

describe('a synthetic story', () => {
  it.each(sizes)('has exactly $sceneletCount scenelets, $branching choices at a time', async (size) => {
    const tree = await writeScript(createStubModels(size));
    expect(tree).toHaveLength(size.sceneletCount);
    expect(new Set(tree.map(({ id }) => id)).size).toBe(size.sceneletCount);
    const childrenOf = Map.groupBy(tree, ({ parent }) => parent);
    for (const { id, role } of tree) {
      const children = childrenOf.get(id)?.length ?? 0;
      expect(children).toBe({ terminal: 0, linear: 1, branch: size.branching }[role]);
    }
    const deepest = Math.max(...tree.map(({ id }) => labelDepth(id)));
    if (size.branching > 1) expect(deepest).toBeLessThanOrEqual(40);
    if (size.branching > 1 && size.sceneletCount >= 14) expect(tree.some(({ role }) => role === 'branch')).toBe(true);
  });

  it('says that its settings have changed when it is asked beyond its end', async () => {
    const models = createStubModels({ sceneletCount: 2 });
    const request = textRequest('CREATE_INTERACTIVE_SCRIPT', inConstitution(CONSTITUTION), 'Target: scenelet-5ab');
    await expect(answer(models, request)).rejects.toThrow(/STUB_ settings/);
  });

  it.each([1, 2, 5])('has %i shots in every scenelet', async (shotsPerScenelet) => {
    const models = createStubModels({ sceneletCount: 14, shotsPerScenelet });
    const tree = await writeScript(models);
    const designRequest = textRequest('CREATE_VISUAL_DESIGN', inConstitution(CONSTITUTION), inTree(tree));
    const design = withIds(visualDesignReplySchema.parse(await answer(models, designRequest)));
    for (const { id, dialogue } of tree) {
      const parts = [inTree(tree), inVisualDesign(design), `Target: ${id}`];
      const reply = await answer<{ shots: { storyboard_entry: { audio_and_narrative: { line: string }[] } }[] }>(
        models,
        textRequest('CREATE_SHOT_PRODUCTION', ...parts),
      );
      expect(reply.shots.map(({ storyboard_entry }) => storyboard_entry.audio_and_narrative.length)).toEqual(
        dialogue.map(() => 1),
      );
      expect(reply.shots).toHaveLength(shotsPerScenelet);
    }
  });

  it('is the same every time', async () => {
    const size = { sceneletCount: 30, branching: 3 };
    expect(await writeScript(createStubModels(size))).toEqual(await writeScript(createStubModels(size)));
  });
});
