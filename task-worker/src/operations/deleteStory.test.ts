import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { storyFolder } from '@story-tree/domain';
import { contentOf, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { killed, operationRig } from './testOperation.ts';

const REQUEST = { operation: 'DELETE_STORY', payload: {} } as const;

/** A story with files and a bundle on a real disk, among things of others. */
async function onDisk() {
  const place = await workplace();
  const state = tellableStory({ media: true });
  const other = tellableStory({ media: true });
  await place.fill(state);
  await place.fill(other);
  const { id } = state.story;
  const write = async (file: string) => {
    await mkdir(path.dirname(path.join(place.root, file)), { recursive: true });
    await writeFile(path.join(place.root, file), file);
  };
  for (const file of [`output/stories/${id}/story.json`, `output/stories/${id}/assets/shots/1.png`]) await write(file);
  for (const file of [
    `output/stories/${id}-copy/story.json`,
    `output/stories/${other.story.id}/story.json`,
    'mine.txt',
  ]) {
    await write(file);
  }
  await symlink(path.join(place.root, 'mine.txt'), path.join(place.root, 'output/stories', id, 'link'));
  const rig = operationRig(state, REQUEST);
  const { workflow } = rig.context;
  const settings = { ...workflow.settings, outputRoot: place.outputRoot };
  Object.assign(rig.context, { workflow: { ...workflow, assets: place.assets, settings } });
  return { ...rig, place, id, otherId: other.story.id };
}

const isOf = (id: string) => (file: string) => file.includes(`${storyFolder(id)}/`) || file.includes(`stories/${id}/`);

test('takes everything of the story away, and nothing of others', async () => {
  const { run, place, id, otherId, repositories } = await onDisk();
  const before = Object.keys(await contentOf(place.root));
  expect(before.filter(isOf(id)).length).toBeGreaterThan(5);

  expect((await run()).message).toBe('“The Lantern Keeper” is deleted.');
  const after = Object.keys(await contentOf(place.root));
  expect(after.toSorted()).toEqual(before.filter((file) => !isOf(id)(file)).toSorted());
  expect(after.filter(isOf(otherId)).length).toBeGreaterThan(5);
  expect(after).toContain('mine.txt');
  expect(await repositories.stories.get(id)).toBeNull();
  expect(await repositories.scenelets.list(id)).toEqual([]);
});

test('a second time finds nothing to do and is well', async () => {
  const { run, place, writes } = await onDisk();
  await run();
  const after = await contentOf(place.root);
  await run();
  expect(await contentOf(place.root)).toEqual(after);
  expect(writes()).toEqual(['stories.markDeleted']);
});

test('that was cut short before the rows went has lost nothing', async () => {
  const { run, context, place, id, repositories } = await onDisk();
  const before = await contentOf(place.root);
  const { workflow } = context;
  const stories = {
    ...workflow.repositories.stories,
    get: repositories.stories.get,
    markDeleted: () => Promise.reject(killed()),
  };
  Object.assign(context, { workflow: { ...workflow, repositories: { ...repositories, stories } } });
  expect((await failureOf(run())).code).toBe('interrupted');
  expect(await repositories.stories.get(id)).not.toBeNull();
  expect(await contentOf(place.root)).toEqual(before);
});

test('that was cut short after the rows went is made good', async () => {
  const { run, context, place, id, repositories } = await onDisk();
  const { workflow } = context;
  const assets = { ...workflow.assets, remove: () => Promise.reject(killed()) };
  Object.assign(context, { workflow: { ...workflow, assets } });
  expect((await failureOf(run())).code).toBe('file_error');
  expect(await repositories.stories.get(id)).toBeNull();

  Object.assign(context, { workflow, resumed: true });
  await run();
  expect(Object.keys(await contentOf(place.root)).filter(isOf(id))).toEqual([]);
});

test.each(['..', '.', '', 'a/b', '/etc', '.hidden'])('refuses a story called %j', async (id) => {
  const rig = operationRig(tellableStory({ id }), REQUEST);
  const removed: string[] = [];
  Object.assign(rig.context.workflow, {
    assets: { ...rig.assets, remove: async (file: string) => removed.push(file) },
  });
  expect((await failureOf(rig.run())).code).toBe('bundle_invalid');
  expect(removed).toEqual([]);
});

test('says what to do when a file stays', async () => {
  const rig = operationRig(tellableStory(), REQUEST);
  const locked = Object.assign(new Error('EACCES: permission denied, rm /srv/secret'), { code: 'EACCES' });
  Object.assign(rig.context.workflow, { assets: { ...rig.assets, remove: () => Promise.reject(locked) } });
  const failure = await failureOf(rig.run());
  expect(failure.code).toBe('file_error');
  expect(failure.message).toMatch(/could not be removed.*tries again every night\.$/);
  expect(rig.writes()).toEqual(['stories.markDeleted']);
});
