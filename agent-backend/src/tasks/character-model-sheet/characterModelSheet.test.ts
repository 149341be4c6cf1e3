import type { VisualReference } from '@story-tree/domain';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { PLAIN_MEDIA } from '../../testing/scriptedModels.ts';

const TASK = 'CREATE_CHARACTER_MODEL_SHEET';
const { visualDesignDocument } = tellableStory().story;
const plates = [{ type: 'FRONT', plate_description: 'standing', image_generation_prompt: 'Zoé, standing' }];
const visualReferencePackage: VisualReference = {
  character_model_sheets: [{ character_id: 'zoe', reference_plates: plates }],
  environment_keyframes: [],
};

test('every character gets a sheet, drawn from the look, its design and its plates if there are any', async () => {
  const before = promptOnly({ visualDesignDocument, visualReferencePackage });
  const { workflow, models, state } = workflowRig(before, PLAIN_MEDIA);
  await (await workflow()).runTask(TASK);
  const prompts = models.requests.map((request) => request.kind === 'image' && JSON.parse(request.prompt));
  expect(prompts).toEqual(
    visualDesignDocument?.character_designs.map((character_design) => ({
      global_aesthetic: visualDesignDocument.global_aesthetic,
      character_design,
      ...(character_design.character_id === 'zoe' ? { reference_plates: plates } : {}),
    })),
  );
  expect((await state()).referenceImages).toEqual(
    ['bo', 'tam', 'zoe'].map((designId) => ({
      ...{ kind: 'character', designId },
      imagePath: `generated/${before.story.id}/visuals/characters/${designId}/character-model-sheet.png`,
    })),
  );
});

test('one character alone gets one', async () => {
  const { workflow, models } = workflowRig(promptOnly({ visualDesignDocument }), PLAIN_MEDIA);
  const handle = await workflow({ characterModelSheetTaskOptions: { targetCharacterId: 'tam' } });
  expect(await handle.runTask(TASK)).toMatchObject({ made: 1, total: 1 });
  expect(models.requests).toHaveLength(1);
});
