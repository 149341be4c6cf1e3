import type { StoryboardEntry } from '@story-tree/domain';
import { narrated, tellableStory, withReferenceImages } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import type { ImageRequest } from '../../models/ports.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { PLAIN_MEDIA } from '../../testing/scriptedModels.ts';

const TASK = 'CREATE_SHOT_IMAGES';
const one = { targetSceneletId: 'scenelet-2b', targetShotIndex: 1 };

const storyboard: StoryboardEntry = {
  framing_and_angle: 'Close up',
  composition_and_content: 'Two hands on a rope',
  character_action_and_emotion: 'Tam pulls, afraid',
  camera_dynamics: 'Push in',
  lighting_and_atmosphere: 'Lantern light',
  continuity_notes: 'The coat is wet',
  referenced_designs: { characters: ['zoe', 'tam'], environments: ['moor'] },
  audio_and_narrative: [narrated('A secret line.')],
};

/** The story with this storyboard in its last shot, and every reference image. */
function drawable(entry: StoryboardEntry = storyboard) {
  const state = withReferenceImages(tellableStory());
  return { ...state, shots: state.shots.map((shot, index) => (index === 3 ? { ...shot, storyboard: entry } : shot)) };
}

async function requestFor(entry?: StoryboardEntry, maxReferenceImages = 14): Promise<ImageRequest> {
  const { workflow, models, dependencies } = workflowRig(drawable(entry), PLAIN_MEDIA);
  const settings = { ...dependencies.settings, maxReferenceImages };
  await (await workflow({ settings, shotImagesTaskOptions: one })).runTask(TASK);
  const [request] = models.requests;
  if (request?.kind !== 'image') throw new Error('a key frame is asked for as an image');
  return request;
}

describe('the prompt of a key frame', () => {
  test('is the JSON of the look, the designs in the shot, and the storyboard without its words', async () => {
    const { visualDesignDocument: design } = drawable().story;
    const { audio_and_narrative: _, ...picture } = storyboard;
    const { prompt } = await requestFor();
    expect(JSON.parse(prompt)).toEqual({
      global_aesthetic: design?.global_aesthetic,
      character_designs: design?.character_designs.filter(({ character_id }) => character_id !== 'bo'),
      environment_designs: design?.environment_designs.filter(({ environment_id }) => environment_id === 'moor'),
      ...picture,
    });
    expect(prompt).toBe(JSON.stringify(JSON.parse(prompt)));
    expect(prompt).not.toContain('A secret line.');
    expect(prompt).not.toContain('audio_and_narrative');
  });

  test('is sent with the prompt of the renderer unchanged, for a wide picture', async () => {
    const { system, aspectRatio } = await requestFor();
    expect(system).toBe(promptFile(new URL('./index.ts', import.meta.url).href, 'visual_renderer.md'));
    expect(aspectRatio).toBe('16:9');
  });

  test('of an empty scene has no designs', async () => {
    const { prompt, references } = await requestFor({
      ...storyboard,
      referenced_designs: { characters: [], environments: [] },
    });
    expect(JSON.parse(prompt)).toMatchObject({ character_designs: [], environment_designs: [] });
    expect(references).toEqual([]);
  });
});

describe('the reference images', () => {
  const captions = async (...args: Parameters<typeof requestFor>) =>
    (await requestFor(...args)).references.map(({ caption }) => caption);

  test('are the sheets in the order of the shot, then the environment', async () => {
    const { references } = await requestFor();
    expect(references.map(({ caption, mimeType }) => [caption, mimeType])).toEqual([
      ['Character model sheet of Zoé (zoe)', 'image/png'],
      ['Character model sheet of Tam (tam)', 'image/png'],
      ['Environment reference of The Moor (moor)', 'image/png'],
    ]);
    const texts = references.map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(texts[0]).toMatch(/characters\/zoe\//);
    expect(texts[2]).toMatch(/environments\/moor\//);
  });

  test('are as many as the model accepts', async () => {
    expect(await captions(undefined, 2)).toHaveLength(2);
    expect(await captions(undefined, 0)).toEqual([]);
  });

  test('are sent once each, however often the shot names them', async () => {
    const referenced_designs = { characters: ['tam', 'tam'], environments: ['moor', 'moor'] };
    expect(await captions({ ...storyboard, referenced_designs })).toHaveLength(2);
  });

  test('are needed before the first call', async () => {
    const { workflow, models } = workflowRig({ ...drawable(), referenceImages: [] });
    const failure = await failureOf((await workflow({ shotImagesTaskOptions: one })).runTask(TASK));
    expect(failure.code).toBe('prerequisite_missing');
    expect(failure.message).toContain('CREATE_CHARACTER_MODEL_SHEET, then CREATE_ENVIRONMENT_REFERENCE_IMAGE first');
    expect(models.requests).toHaveLength(0);
  });

  test('whose file is gone are named with the task that draws them again', async () => {
    const before = drawable();
    const { workflow, assets } = workflowRig(before, PLAIN_MEDIA);
    const [lost] = before.referenceImages.filter(({ kind }) => kind === 'environment');
    await assets.remove(lost?.imagePath ?? '');
    const failure = await failureOf((await workflow({ shotImagesTaskOptions: one })).runTask(TASK));
    expect(failure.code).toBe('prerequisite_missing');
    expect(failure.message).toContain(
      `run CREATE_ENVIRONMENT_REFERENCE_IMAGE with "targetEnvironmentId" ${lost?.designId} and "override"`,
    );
  });
});

test('the picture is where the row says', async () => {
  const before = drawable();
  const { workflow, state, assets } = workflowRig(before, PLAIN_MEDIA);
  await (await workflow({ shotImagesTaskOptions: one })).runTask(TASK);
  const path = `generated/${before.story.id}/shots/scenelet-2b/1_key_frame.png`;
  expect((await state()).shots[3]?.keyFrameImagePath).toBe(path);
  expect(await assets.exists(path)).toBe(true);
});
