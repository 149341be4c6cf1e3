import { setImmediate as turn } from 'node:timers/promises';
import { keyFramePath, type StoryState } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { promptOnly, tellableStory, withReferenceImages } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { PLAIN_MEDIA } from '../testing/scriptedModels.ts';
import type { StoryWorkflowTask } from './tasks.ts';

const stubText = textOf(createStubModels());

/** Of the four shots the second has its key frame, and the third its own too. */
function partlyDrawn(): StoryState {
  const state = withReferenceImages(tellableStory());
  const drawn = (label: string, index: number) => keyFramePath(state.story.id, label, index);
  const frames = [null, drawn('scenelet-1', 2), drawn('scenelet-2a', 1), null];
  return { ...state, shots: state.shots.map((shot, at) => ({ ...shot, keyFrameImagePath: frames[at] ?? null })) };
}

const keyFramesOf = ({ shots }: StoryState) => shots.map((shot) => shot.keyFrameImagePath !== null);

describe('a document task that is complete', () => {
  const documents: StoryWorkflowTask[] = [
    ...(['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT', 'CREATE_VISUAL_DESIGN'] as const),
    ...(['CREATE_VISUAL_REFERENCE', 'CREATE_AUDIO_DESIGN', 'CREATE_SHOT_PRODUCTION'] as const),
  ];

  test.each(documents)('%s throws before any call', async (task) => {
    const visualReferencePackage = { character_model_sheets: [], environment_keyframes: [] };
    const { models, workflow, writes } = workflowRig(tellableStory({ visualReferencePackage }));
    const failure = await failureOf((await workflow()).runTask(task));
    expect(failure.code).toBe('already_completed');
    expect(failure.message).toMatch(new RegExp(`^${task}: .*--override.*--resume`));
    expect(models.requests).toHaveLength(0);
    expect(writes()).toEqual([]);
  });

  test('is kept by resume, which says that nothing is missing', async () => {
    const { models, workflow, progress } = workflowRig(tellableStory());
    const handle = await workflow({ audioDesignTaskOptions: { resume: true } });
    expect(await handle.runTask('CREATE_AUDIO_DESIGN')).toEqual({
      ...{ task: 'CREATE_AUDIO_DESIGN', status: 'skipped', made: 0, total: 1 },
    });
    expect(models.requests).toHaveLength(0);
    expect(progress.map(({ kind }) => kind)).toEqual(['task-skipped']);
  });

  test('is made anew by override', async () => {
    const { workflow, state } = workflowRig(promptOnly({ storyConstitution: 'The old one' }), stubText);
    const handle = await workflow({ constitutionTaskOptions: { override: true } });
    expect(await handle.runTask('CREATE_CONSTITUTION')).toMatchObject({ status: 'completed', made: 1 });
    expect((await state()).story.storyConstitution).not.toBe('The old one');
  });
});

test('a document task that is partly there goes on, in the default mode too', async () => {
  const before = tellableStory();
  const partial = { ...before, shots: before.shots.slice(0, 2) };
  const { workflow, state } = workflowRig(partial, stubText);
  expect(await (await workflow()).runTask('CREATE_SHOT_PRODUCTION')).toMatchObject({ made: 2, total: 3 });
  expect((await state()).shots.slice(0, 2)).toEqual(partial.shots);
});

describe('a media task of which some targets are there', () => {
  test('by default stops at once, naming what it found', async () => {
    const { models, workflow, writes } = workflowRig(partlyDrawn());
    const failure = await failureOf((await workflow()).runTask('CREATE_SHOT_IMAGES'));
    expect(failure.code).toBe('already_completed');
    expect(failure.message).toContain('scenelet-1, shot 2');
    expect(failure.message).toMatch(/--resume.*--override/);
    expect(models.requests).toHaveLength(0);
    expect(writes()).toEqual([]);
  });

  test('by default looks only at its targets', async () => {
    const { workflow, state } = workflowRig(partlyDrawn(), PLAIN_MEDIA);
    const handle = await workflow({ shotImagesTaskOptions: { targetSceneletId: 'scenelet-1', targetShotIndex: 1 } });
    expect(await handle.runTask('CREATE_SHOT_IMAGES')).toMatchObject({ made: 1, total: 1 });
    expect(keyFramesOf(await state())).toEqual([true, true, true, false]);
  });

  test('with resume gets what is missing, and says what it skips', async () => {
    const { models, workflow, state, logged } = workflowRig(partlyDrawn(), PLAIN_MEDIA);
    const handle = await workflow({ shotImagesTaskOptions: { resume: true } });
    expect(await handle.runTask('CREATE_SHOT_IMAGES')).toMatchObject({ made: 2, total: 4 });
    expect(keyFramesOf(await state())).toEqual([true, true, true, true]);
    expect(models.requests).toHaveLength(2);
    const skipped = logged.filter(({ message }) => message.startsWith('skipped'));
    expect(skipped.map(({ level, fields }) => [level, fields.unit])).toEqual([
      ['info', 'scenelet-1/2'],
      ['info', 'scenelet-2a/1'],
    ]);
  });

  test('with override gets all of its targets anew, in place of what was there', async () => {
    const before = partlyDrawn();
    const { models, workflow, assets } = workflowRig(before, PLAIN_MEDIA);
    const handle = await workflow({ shotImagesTaskOptions: { override: true, targetSceneletId: 'scenelet-1' } });
    expect(await handle.runTask('CREATE_SHOT_IMAGES')).toMatchObject({ made: 2, total: 2 });
    expect(models.requests).toHaveLength(2);
    const image = await assets.read(keyFramePath(before.story.id, 'scenelet-1', 2));
    expect(Buffer.from(image.subarray(0, 4)).toString('latin1')).toBe('\x89PNG');
  });

  test('with resume is done when nothing is missing', async () => {
    const { models, workflow } = workflowRig(tellableStory({ media: true }));
    const handle = await workflow({ shotAudioTaskOptions: { resume: true } });
    expect(await handle.runTask('CREATE_SHOT_AUDIO')).toMatchObject({ status: 'skipped', total: 3 });
    expect(models.requests).toHaveLength(0);
  });
});

test('progress counts what is there and what is made', async () => {
  const { workflow, progress } = workflowRig(partlyDrawn(), PLAIN_MEDIA);
  await (await workflow({ shotImagesTaskOptions: { resume: true } })).runTask('CREATE_SHOT_IMAGES');
  const counted = progress.filter(({ kind }) => kind !== 'call-started');
  expect(counted.map(({ kind, completed, total }) => [kind, completed, total])).toEqual([
    ['task-started', 2, 4],
    ['unit-done', 3, 4],
    ['unit-done', 4, 4],
    ['task-done', 4, 4],
  ]);
});

test('a failure keeps what was finished, and resume goes on from there', async () => {
  const failing = workflowRig(withReferenceImages(tellableStory()), {
    async image(request) {
      if (request.prompt.includes('Shot 1 of scenelet-2a')) throw new Error('no');
      await turn();
      return PLAIN_MEDIA.image?.(request, { signal: new AbortController().signal }) ?? new Uint8Array();
    },
  });
  await failureOf((await failing.workflow()).runTask('CREATE_SHOT_IMAGES'));
  const partial = await failing.state();
  expect(keyFramesOf(partial)).toEqual([true, true, false, true]);

  const mended = workflowRig(partial, PLAIN_MEDIA, failing);
  await (await mended.workflow({ shotImagesTaskOptions: { resume: true } })).runTask('CREATE_SHOT_IMAGES');
  expect(keyFramesOf(await mended.state())).toEqual([true, true, true, true]);
  expect(mended.models.requests).toHaveLength(1);
});
