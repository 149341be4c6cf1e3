import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFileAssetStore } from '@story-tree/agent-backend';
import { keyFramePath, type StoryState, speechPath } from '@story-tree/domain';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { buildPlayerBundle } from '../agent-backend/src/bundle/buildPlayerBundle.ts';
import { type BenchRow, seconds } from './measure.ts';

const SHOTS = 3;
const FILE_BYTES = 20_000;
const PLAYER = path.resolve(import.meta.dirname, '../agent-backend/src/bundle/templates/player.html');

/** Bundling a story, compared with copying the same files. */
export function bundleRow(scenelets: number): BenchRow {
  return {
    name: `bundle, ${scenelets} scenelets, ${scenelets * SHOTS} shots`,
    baseline: 'fs.cp of the same files',
    bar: 1,
    round: () => round(scenelets),
  };
}

async function round(scenelets: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-bench-'));
  try {
    const shots = Array.from({ length: SHOTS }, () => ({}));
    const state = storyState(chain(scenelets).map((scenelet) => ({ ...scenelet, shots })));
    await writeAssets(folder, state);
    const source = path.join(folder, 'generated', state.story.id);
    const copy = () => seconds(() => cp(source, path.join(folder, `copy-${Math.random()}`), { recursive: true }));
    // Copying once beforehand gives both the same warm disk cache.
    await copy();
    const bundled = await seconds(() =>
      buildPlayerBundle({
        state,
        assets: createFileAssetStore(folder),
        outputRoot: path.join(folder, 'output'),
        templatePath: PLAYER,
        now: () => new Date(),
        log: () => undefined,
      }),
    );
    return bundled / (await copy());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeAssets(folder: string, { story, scenelets, shots }: StoryState): Promise<void> {
  const labels = new Map(scenelets.map(({ id, label }) => [id, label]));
  const bytes = randomBytes(FILE_BYTES);
  for (const shot of shots) {
    const label = labels.get(shot.sceneletId) ?? '';
    for (const file of [keyFramePath(story.id, label, shot.shotIndex), speechPath(story.id, label, shot.shotIndex)]) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), bytes);
    }
  }
}
