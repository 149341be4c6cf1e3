import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type StoryBundle, storyBundleSchema } from '@story-tree/domain';
import { jsonOf, makeWorkplace, runCli } from '@story-tree/testkit/programs/cli.ts';
import { expect, it } from 'vitest';

it('takes a story of 2,000 scenelets from the prompt to the bundle', async () => {
  const place = await makeWorkplace({ STUB_SCENELETS: '2000', STUB_SHOTS_PER_SCENELET: '1', STUB_BRANCHING: '3' });
  try {
    const run = await runCli(['run-all', '--mode', 'stub', '--concurrency', '8', '--json'], place.variables);
    expect(run.code, run.stderr.slice(-2_000)).toBe(0);
    const file = path.join(String(jsonOf(run).bundlePath), 'story.json');
    const bundle: StoryBundle = storyBundleSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(bundle.scenelets.length).toBe(2_000);
    const shots = bundle.scenelets.flatMap((scenelet) => scenelet.shots);
    expect(shots.length).toBe(2_000);
    expect(shots.every(({ imagePath }) => imagePath !== null)).toBe(true);
  } finally {
    await place.remove();
  }
});
