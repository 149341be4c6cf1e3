import { createStubModels } from '@story-tree/stub-models';
import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';

const stub = createStubModels();

describe('an override of what later tasks refer to', () => {
  test('names them and the way out, and touches nothing', async () => {
    const before = tellableStory({ media: true });
    const { models, workflow, writes, assets } = workflowRig(before);
    const files = assets.files.size;
    const handle = await workflow({ visualDesignTaskOptions: { override: true } });
    const failure = await failureOf(handle.runTask('CREATE_VISUAL_DESIGN'));
    expect(failure.code).toBe('has_dependants');
    expect(failure.message).toContain('"cascade"');
    expect(failure.details.dependants?.split(',')).toContain('CREATE_SHOT_AUDIO');
    expect(models.requests).toHaveLength(0);
    expect(writes()).toEqual([]);
    expect(assets.files.size).toBe(files);
  });

  test('with cascade removes what they made, files included, and regenerates its own', async () => {
    const before = tellableStory({ media: true });
    const { workflow, state, assets } = workflowRig(before, textOf(stub));
    const handle = await workflow({ visualDesignTaskOptions: { override: true, cascade: true } });
    await handle.runTask('CREATE_VISUAL_DESIGN');
    const after = await state();
    expect(after.story.visualDesignDocument).not.toEqual(before.story.visualDesignDocument);
    expect(after.story).toMatchObject({ audioDesignDocument: null, storyConstitution: before.story.storyConstitution });
    expect(after.shots).toEqual([]);
    expect(after.referenceImages).toEqual([]);
    expect(after.scenelets).toEqual(before.scenelets);
    expect([...assets.files.keys()]).toEqual([]);
  });

  test('removes later results first, rows before files, so that a kill leaves no row without its file', async () => {
    const { workflow, assets, state, writes } = workflowRig(tellableStory({ media: true }), textOf(stub));
    const { remove } = assets;
    const namedStill: string[] = [];
    assets.remove = async (path) => {
      if (JSON.stringify(await state()).includes(path)) namedStill.push(path);
      await remove(path);
    };
    const handle = await workflow({ interactiveScriptTaskOptions: { override: true, cascade: true } });
    await handle.runTask('CREATE_INTERACTIVE_SCRIPT');
    const removals = writes().filter((method) => /deleteAll|set(Audio|KeyFrame)|save/.test(method));
    expect([...new Set(removals)]).toEqual([
      'shots.setAudio',
      'shots.setKeyFrame',
      'referenceImages.deleteAll',
      'shots.deleteAll',
      'stories.saveAudioDesign',
      'stories.saveVisualDesign',
      'scenelets.deleteAll',
    ]);
    expect(namedStill).toEqual([]);
    expect(assets.files.size).toBe(0);
  });

  test('of shots alone keeps the documents and the reference images', async () => {
    const before = tellableStory({ media: true });
    const { workflow, state, assets } = workflowRig(before, textOf(stub));
    const handle = await workflow({ shotProductionTaskOptions: { override: true, cascade: true } });
    await expect(handle.runTask('CREATE_SHOT_PRODUCTION')).resolves.toMatchObject({ made: 3 });
    const after = await state();
    expect(after.referenceImages).toEqual(before.referenceImages);
    expect(after.story).toEqual(before.story);
    expect(after.shots.every((shot) => shot.keyFrameImagePath === null && shot.audioFilePath === null)).toBe(true);
    expect([...assets.files.keys()].every((path) => path.includes('/visuals/'))).toBe(true);
  });

  test('needs no cascade while nothing refers to it', async () => {
    const { workflow, state } = workflowRig(tellableStory(), textOf(stub));
    const handle = await workflow({ shotProductionTaskOptions: { override: true } });
    await handle.runTask('CREATE_SHOT_PRODUCTION');
    expect((await state()).shots.map((shot) => shot.storyboard.audio_and_narrative.length)).not.toEqual([1, 2, 0, 1]);
  });
});
