import vm from 'node:vm';
import { EXPORTED_AT, everythingThere } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { expect, it } from 'vitest';
import { assembleBundleJson } from './assembleBundleJson.ts';
import { storyScript } from './bundleFiles.ts';

const HOSTILE = `</script><!-- $' $& "quotes" \\ \u2028\u2029 \u0000 🦉 שלום \ud800 \${1} ]]> -->`;

it('is a script that gives back the very same data', () => {
  const state = storyState(chain(2), { displayName: HOSTILE });
  const { bundle } = assembleBundleJson({ state, manifest: everythingThere, exportedAt: EXPORTED_AT });
  const script = storyScript(bundle);
  const page: { STORY_TREE_BUNDLE?: unknown } = {};
  vm.runInNewContext(script, { window: page });
  expect(JSON.parse(JSON.stringify(page.STORY_TREE_BUNDLE))).toEqual(bundle);
  expect(script).toMatch(/^window\.STORY_TREE_BUNDLE = /);
});

it('holds nothing but ASCII, no markup and one line', () => {
  const state = storyState(chain(1), { displayName: HOSTILE });
  const { bundle } = assembleBundleJson({ state, manifest: everythingThere, exportedAt: EXPORTED_AT });
  expect(storyScript(bundle)).toMatch(/^[\x20-\x7e]*\n$/);
  expect(storyScript(bundle)).not.toMatch(/[<>]/);
});
