import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { contentOf, namesIn, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import type { AgentWorkflowOptions } from '../../workflow/storyWorkflow.ts';

const TASK = 'CREATE_PLAYER_BUNDLE';

async function bundler() {
  const place = await workplace();
  const before = tellableStory({ media: true });
  await place.fill(before);
  const rig = workflowRig(before);
  const settings = { ...rig.dependencies.settings, outputRoot: place.outputRoot, playerTemplate: place.templatePath };
  const handle = (playerBundleTaskOptions: AgentWorkflowOptions['playerBundleTaskOptions'] = {}) =>
    rig.workflow({ assets: place.assets, settings, playerBundleTaskOptions });
  return { ...rig, place, handle, folder: path.join(place.outputRoot, before.story.id) };
}

test('by default is in a folder of its own, and is not replaced', async () => {
  const { handle, folder } = await bundler();
  expect(await (await handle()).runTask(TASK)).toMatchObject({ status: 'completed', made: 1 });
  expect(await namesIn(folder)).toEqual(expect.arrayContaining(['assets', 'player.html', 'story.js', 'story.json']));
  const before = await contentOf(folder);
  expect(await failureOf((await handle()).runTask(TASK))).toMatchObject({ code: 'bundle_exists' });
  expect(await contentOf(folder)).toEqual(before);
  expect(await (await handle({ overwrite: true })).runTask(TASK)).toMatchObject({ status: 'completed' });
});

test('goes where it is told to', async () => {
  const { handle, place, state } = await bundler();
  const outputPath = path.join(place.root, 'elsewhere');
  await (await handle({ outputPath })).runTask(TASK);
  expect(await namesIn(outputPath)).toEqual([(await state()).story.id]);
});

test('with resume is rebuilt only if the story has changed', async () => {
  const { handle, folder, repositories, state } = await bundler();
  await (await handle({ resume: true })).runTask(TASK);
  expect(await (await handle({ resume: true })).runTask(TASK)).toMatchObject({ status: 'skipped' });
  const { story } = await state();
  const markdown = story.storyConstitution ?? '';
  await repositories.stories.saveConstitution(story.id, { markdown, targetSceneletsPerPath: 5, proposedTitle: 'Ebb' });
  expect(await (await handle({ resume: true })).runTask(TASK)).toMatchObject({ status: 'completed' });
  expect((await contentOf(folder))['story.json']).toContain('"Ebb"');
  expect(await (await handle({ resume: true, overwrite: true })).runTask(TASK)).toMatchObject({ status: 'completed' });
});

test('reports what it had to leave out as warnings', async () => {
  const { handle, place, state, progress } = await bundler();
  const [shot] = (await state()).shots;
  await place.assets.remove(shot?.audioFilePath ?? '');
  await (await handle()).runTask(TASK);
  const warnings = progress.filter(({ kind }) => kind === 'warning').map(({ message }) => message);
  expect(warnings).toEqual([expect.stringContaining('scenelet-1, shot 1')]);
});

test('is not published once somebody else has the story', async () => {
  const { dependencies, workflow, place, folder } = await bundler();
  const whileHeld = async () => {
    throw new StoryTreeError('lease_lost', 'Somebody else has the story now.');
  };
  const settings = { ...dependencies.settings, outputRoot: place.outputRoot, playerTemplate: place.templatePath };
  const repositories = { ...dependencies.repositories, whileHeld };
  const handle = await workflow({ assets: place.assets, settings, repositories });
  expect(await failureOf(handle.runTask(TASK))).toMatchObject({ code: 'lease_lost' });
  expect(await contentOf(folder)).toEqual({});
});
