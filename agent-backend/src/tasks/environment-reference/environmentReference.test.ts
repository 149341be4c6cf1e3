import type { VisualReference } from '@story-tree/domain';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { PLAIN_MEDIA } from '../../testing/scriptedModels.ts';

const TASK = 'CREATE_ENVIRONMENT_REFERENCE_IMAGE';
const { visualDesignDocument } = tellableStory().story;
const keyframes = [{ keyframe_description: 'dusk', image_generation_prompt: 'A quay at dusk' }];
const visualReferencePackage: VisualReference = {
  character_model_sheets: [],
  environment_keyframes: [{ environment_id: 'quay', keyframes }],
};

test('every place gets an image from the visual design, and its keyframes if there are any', async () => {
  const before = promptOnly({ visualDesignDocument, visualReferencePackage });
  const { workflow, models, state } = workflowRig(before, PLAIN_MEDIA);
  await (await workflow()).runTask(TASK);
  const prompts = models.requests.map((request) => request.kind === 'image' && JSON.parse(request.prompt));
  expect(prompts).toEqual(
    visualDesignDocument?.environment_designs.map((environment_design) => ({
      global_aesthetic: visualDesignDocument.global_aesthetic,
      environment_design,
      ...(environment_design.environment_id === 'quay' ? { keyframes } : {}),
    })),
  );
  expect((await state()).referenceImages).toEqual(
    ['moor', 'quay'].map((designId) => ({
      ...{ kind: 'environment', designId },
      imagePath: `generated/${before.story.id}/visuals/environments/${designId}/environment-reference.png`,
    })),
  );
});

test('one place is regenerated without touching the others', async () => {
  const { workflow, models, writes } = workflowRig(tellableStory({ media: true }), PLAIN_MEDIA);
  const handle = await workflow({ environmentReferenceTaskOptions: { targetEnvironmentId: 'quay', override: true } });
  expect(await handle.runTask(TASK)).toMatchObject({ made: 1, total: 1 });
  expect(models.requests).toHaveLength(1);
  expect(writes()).toEqual(['referenceImages.set']);
});
