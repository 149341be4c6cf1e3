import { type StoryBundle, StoryTreeError } from '@story-tree/domain';
import { EXPORTED_AT, everythingThere } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { expect, it } from 'vitest';
import { assembleBundleJson } from './assembleBundleJson.ts';
import { assetPathsOf } from './bundlePaths.ts';
import { validateBundle } from './validateBundle.ts';

function sample(): StoryBundle {
  const state = storyState(chain(3), { music: { harbour: ['scenelet-1'] } });
  return assembleBundleJson({ state, manifest: everythingThere, exportedAt: EXPORTED_AT }).bundle;
}

function faultsOf(bundle: StoryBundle, files = assetPathsOf(bundle)): string[] {
  try {
    validateBundle(bundle, files);
    return [];
  } catch (error) {
    if (!(error instanceof StoryTreeError) || error.code !== 'bundle_invalid') throw error;
    return error.issues.map((issue) => issue.message);
  }
}

it('passes what the assembler makes', () => {
  expect(faultsOf(sample())).toEqual([]);
});

it.each(['assets/shots/scenelet-2/1_key_frame.png', 'assets/shots/scenelet-3/1_audio.wav', 'assets/music/harbour.m4a'])(
  'misses %s',
  (path) => {
    const bundle = sample();
    const files = assetPathsOf(bundle);
    files.delete(path);
    expect(faultsOf(bundle, files)).toEqual([expect.stringContaining(path)]);
  },
);

it('finds a reference that leads nowhere, and what is then out of reach', () => {
  const bundle = sample();
  bundle.scenelets[0] = { ...bundle.scenelets[0], next: { type: 'linear', sceneletId: 'nowhere' } } as never;
  expect(faultsOf(bundle)).toEqual([
    'scenelet-1 leads to nowhere, which is not in the bundle',
    'nothing leads to scenelet-2',
    'nothing leads to scenelet-3',
  ]);
});

it('follows every choice', () => {
  const bundle = sample();
  const choices = ['scenelet-2', 'scenelet-3', 'nowhere'].map((sceneletId) => ({ label: 'Go', sceneletId }));
  bundle.scenelets[0] = { ...bundle.scenelets[0], next: { type: 'branch', choicePrompt: '?', choices } } as never;
  expect(faultsOf(bundle)).toEqual(['scenelet-1 leads to nowhere, which is not in the bundle']);
});

it('finds a root that is not there, an id taken twice and music for nobody', () => {
  expect(faultsOf({ ...sample(), rootSceneletId: 'nowhere' })[0]).toContain('rootSceneletId');
  const twice = sample();
  twice.scenelets.push(twice.scenelets[2] as never);
  expect(faultsOf(twice)).toEqual(['two scenelets have the same id']);
  const music = sample();
  music.music?.[0]?.sceneletIds.push('nowhere');
  expect(faultsOf(music)).toEqual(['music belongs to nowhere, which is not in the bundle']);
});

it('finds fields that an ending must not have', () => {
  const bundle = sample();
  bundle.scenelets[2] = { ...bundle.scenelets[2], next: { type: 'terminal', sceneletId: 'scenelet-1' } } as never;
  expect(faultsOf(bundle)).toHaveLength(1);
});

it('does not run in circles', () => {
  const bundle = sample();
  bundle.scenelets[2] = { ...bundle.scenelets[2], next: { type: 'linear', sceneletId: 'scenelet-1' } } as never;
  expect(faultsOf(bundle)).toEqual([]);
});
