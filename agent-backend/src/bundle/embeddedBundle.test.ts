import { rm } from 'node:fs/promises';
import { keyFramePath, musicPath } from '@story-tree/domain';
import { contentOf, EXPORTED_AT, namesIn, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { expect, it } from 'vitest';
import { buildPlayerBundle } from './buildPlayerBundle.ts';
import { assembleEmbeddedBundle } from './embeddedBundle.ts';

it('fails as the bundle task does', async () => {
  const place = await workplace();
  const load = (state = storyState(chain(2))) =>
    assembleEmbeddedBundle({ state, assets: place.assets, exportedAt: EXPORTED_AT });
  await expect(load()).rejects.toMatchObject({ code: 'no_playable_content' });
  await expect(load(storyState([]))).rejects.toMatchObject({ code: 'prerequisite_missing' });
  await expect(load(storyState([{ label: '../..' }]))).rejects.toMatchObject({ code: 'bundle_invalid' });
});

it('gives the addresses under which the app serves the files, and writes none', async () => {
  const place = await workplace();
  const state = storyState(chain(2), { music: { harbour: ['scenelet-1'] } });
  const { id } = state.story;
  await place.fill(state);
  await place.put(musicPath(id, 'harbour'), 'music');
  await rm(place.locate(keyFramePath(id, 'scenelet-2', 1)));
  const before = await contentOf(place.root);

  const bundle = await assembleEmbeddedBundle({ state, assets: place.assets, exportedAt: EXPORTED_AT });
  expect(bundle.scenelets.map(({ shots }) => [shots[0]?.imagePath, shots[0]?.audioPath])).toEqual([
    [`/generated/${id}/shots/scenelet-1/1_key_frame.png`, `/generated/${id}/shots/scenelet-1/1_audio.wav`],
    [null, `/generated/${id}/shots/scenelet-2/1_audio.wav`],
  ]);
  expect(bundle.music?.[0]?.audioPath).toBe(`/generated/${id}/music/harbour.m4a`);
  expect(await contentOf(place.root)).toEqual(before);
});

it('is the standalone bundle but for the addresses', async () => {
  const place = await workplace();
  const state = storyState(chain(3));
  await place.fill(state);
  const embedded = await assembleEmbeddedBundle({ state, assets: place.assets, exportedAt: EXPORTED_AT });
  const { bundlePath } = await buildPlayerBundle(place.options(state));
  const standalone = (await contentOf(bundlePath))['story.json'] ?? '';
  expect(JSON.parse(standalone.replaceAll('"assets/', `"/generated/${state.story.id}/`))).toEqual(embedded);
  expect(await namesIn(place.outputRoot)).toEqual([state.story.id]);
});
