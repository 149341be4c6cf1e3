import type { VisualReference } from '@story-tree/domain';
import { CAST, PLACES, tellableStory, visualDesignOf } from '@story-tree/testkit/stories/tellableStory.ts';
import { workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { validateVisualReference } from './validation.ts';

const design = visualDesignOf(CAST, PLACES);

function reply(characters: readonly string[], environments: readonly string[]): VisualReference {
  const plate = { type: 'FRONT', plate_description: 'standing', image_generation_prompt: 'A keeper, standing' };
  const keyframe = { keyframe_description: 'dusk', image_generation_prompt: 'A quay at dusk' };
  return {
    character_model_sheets: characters.map((character_id) => ({ character_id, reference_plates: [plate] })),
    environment_keyframes: environments.map((environment_id) => ({ environment_id, keyframes: [keyframe] })),
  };
}

const cast = Object.keys(CAST);
const places = Object.keys(PLACES);

test('takes every design once, in any order', () => {
  expect(validateVisualReference(reply(cast.toReversed(), places), design)).toEqual([]);
});

test.each([
  ['a missing character', reply(['bo', 'tam'], places), 'character_model_sheets: "zoe" is missing'],
  ['a character twice', reply([...cast, 'tam'], places), 'character_model_sheets: "tam" is there twice'],
  [
    'an unknown character',
    reply([...cast, 'ada'], places),
    'character_model_sheets: "ada" is not in the visual design',
  ],
  ['a missing environment', reply(cast, ['quay']), 'environment_keyframes: "moor" is missing'],
  ['an environment twice', reply(cast, [...places, 'moor']), 'environment_keyframes: "moor" is there twice'],
  ['a name for an id', reply(cast, ['moor', 'Harrow Quay']), 'environment_keyframes: "quay" is missing'],
])('refuses %s', (_what, wrong, issue) => {
  const issues = validateVisualReference(wrong, design).map(({ path, message }) => `${path}: ${message}`);
  expect(issues).toContain(issue);
});

test('is asked for with the visual design, and stored as it came', async () => {
  const document = reply(cast, places);
  const { workflow, models, state } = workflowRig(tellableStory(), { text: () => document });
  await (await workflow()).runTask('CREATE_VISUAL_REFERENCE');
  const [request] = models.requests;
  const text = request?.kind === 'text' ? (request.turns[0]?.text ?? '') : '';
  expect(text).toContain('"character_id": "zoe"');
  expect(text).toContain('"environment_id": "moor"');
  expect((await state()).story.visualReferencePackage).toEqual(document);
});
