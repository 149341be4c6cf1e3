import { rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { keyFramePath, type StoryState, speechPath } from '@story-tree/domain';
import { EXPORTED_AT, type Workplace, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { beforeEach, expect, it } from 'vitest';
import { buildPlayerBundle } from './buildPlayerBundle.ts';
import { bundleStanding } from './bundleStanding.ts';

let place: Workplace;
let state: StoryState;
let folder: string;
const standing = (of = state) => bundleStanding(place.options(of));

beforeEach(async () => {
  place = await workplace();
  state = storyState(chain(3));
  await place.fill(state);
  folder = (await buildPlayerBundle(place.options(state))).bundlePath;
});

it('is missing where there is none, or none of ours', async () => {
  await rm(path.join(folder, '.story-tree-bundle.json'));
  expect(await standing()).toBe('missing');
  await writeFile(path.join(folder, '.story-tree-bundle.json'), '{"half');
  expect(await standing()).toBe('missing');
  await rm(folder, { recursive: true });
  expect(await standing()).toBe('missing');
});

it('is current right after it was built, whenever that was', async () => {
  expect(await standing()).toBe('current');
  const now = () => new Date(0);
  await buildPlayerBundle(place.options(state, { overwrite: true, now }));
  expect(await standing()).toBe('current');
});

it('is outdated once the story reads differently', async () => {
  expect(await standing({ ...state, story: { ...state.story, displayName: 'Another title' } })).toBe('outdated');
  expect(await standing({ ...state, shots: state.shots.slice(1) })).toBe('outdated');
});

it('is outdated once a file has changed, come or gone', async () => {
  const file = place.locate(keyFramePath(state.story.id, 'scenelet-2', 1));
  await utimes(file, EXPORTED_AT, new Date('2026-11-21T10:00:00Z'));
  expect(await standing()).toBe('outdated');
  await buildPlayerBundle(place.options(state, { overwrite: 'own' }));
  expect(await standing()).toBe('current');
  await rm(file);
  expect(await standing()).toBe('outdated');
  await buildPlayerBundle(place.options(state, { overwrite: 'own' }));
  expect(await standing()).toBe('current');
});

it('is outdated once the player has changed, and when it cannot be built', async () => {
  await writeFile(place.templatePath, 'another player');
  expect(await standing()).toBe('outdated');
  await rm(place.templatePath);
  expect(await standing()).toBe('outdated');
});

it('is outdated when something of it was lost', async () => {
  await truncate(path.join(folder, speechPath('x', 'scenelet-3', 1).replace('generated/x', 'assets')));
  expect(await standing()).toBe('outdated');
  await buildPlayerBundle(place.options(state, { overwrite: 'own' }));
  await rm(path.join(folder, 'story.js'));
  expect(await standing()).toBe('outdated');
});

it('passes an abort on', async () => {
  const signal = AbortSignal.abort(new Error('stopped by hand'));
  await expect(bundleStanding(place.options(state, { signal }))).rejects.toThrow('stopped by hand');
});
