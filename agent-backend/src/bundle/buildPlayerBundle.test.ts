import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type AssetStore,
  keyFramePath,
  musicPath,
  type StoryBundle,
  type StoryState,
  StoryTreeError,
} from '@story-tree/domain';
import {
  contentOf,
  EXPORTED_AT,
  namesIn,
  type Workplace,
  workplace,
} from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildPlayerBundle } from './buildPlayerBundle.ts';
import { assembleEmbeddedBundle } from './embeddedBundle.ts';
import type { WhileHeld } from './publish.ts';

let place: Workplace;
beforeEach(async () => {
  place = await workplace();
});

async function filled(state = storyState(chain(3))): Promise<StoryState> {
  await place.fill(state);
  return state;
}

const folderOf = (state: StoryState) => path.join(place.outputRoot, state.story.id);
const isThere = (file: string) => lstat(file).then(Boolean, () => false);
const readBundle = async (state: StoryState): Promise<StoryBundle> =>
  JSON.parse(await readFile(path.join(folderOf(state), 'story.json'), 'utf8'));

/** The store with something done before each copy; the file counts as gone when that says so. */
function onCopy(before: (storePath: string, copy: number) => 'gone' | undefined): AssetStore {
  let copies = 0;
  return {
    ...place.assets,
    async copyTo(storePath, target) {
      copies += 1;
      return before(storePath, copies) === undefined && (await place.assets.copyTo(storePath, target));
    },
  };
}

describe('a run that cannot succeed', () => {
  it('without a template creates nothing', async () => {
    const state = await filled();
    const templatePath = path.join(place.root, 'gone.html');
    await expect(buildPlayerBundle(place.options(state, { templatePath }))).rejects.toMatchObject({
      code: 'file_error',
      message: expect.stringMatching(/player template .*gone\.html is missing/),
    });
    expect(await isThere(path.dirname(place.outputRoot))).toBe(false);
  });

  it('without playable content creates nothing', async () => {
    const state = storyState(chain(3));
    await expect(buildPlayerBundle(place.options(state))).rejects.toMatchObject({ code: 'no_playable_content' });
    expect(await isThere(path.dirname(place.outputRoot))).toBe(false);
  });

  it('strictly, with a path that does not end, creates nothing', async () => {
    const state = await filled(storyState([{ label: 'scenelet-1' }]));
    await expect(buildPlayerBundle(place.options(state, { strict: true }))).rejects.toMatchObject({
      code: 'bundle_invalid',
    });
    expect(await isThere(path.dirname(place.outputRoot))).toBe(false);
  });

  it.each(['../escape', '..', 'a/b', '', '.hidden'])('refuses the story id %j', async (id) => {
    await expect(buildPlayerBundle(place.options(storyState(chain(1), { id })))).rejects.toMatchObject({
      code: 'bundle_invalid',
    });
    expect(await namesIn(place.root)).toEqual(['player.html']);
  });

  it.each(['../../../etc', '..', 'a/b', 'a\\b', '\0'])('refuses the scenelet id %j', async (label) => {
    await expect(buildPlayerBundle(place.options(storyState([{ label }])))).rejects.toMatchObject({
      code: 'bundle_invalid',
    });
  });

  it('says why it cannot write', async () => {
    const state = await filled();
    await writeFile(path.join(place.root, 'output'), 'a file');
    await expect(buildPlayerBundle(place.options(state))).rejects.toMatchObject({
      code: 'file_error',
      message: expect.stringContaining('there is a file where a folder is needed'),
    });
  });

  it('leaves the bundle there was and nothing else when copying fails half way', async () => {
    const state = await filled(storyState(chain(40)));
    await buildPlayerBundle(place.options(state));
    const before = await contentOf(place.outputRoot);
    const assets = onCopy((_, copy) => {
      if (copy === 50)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'copyfile' });
      return undefined;
    });
    await expect(buildPlayerBundle(place.options(state, { assets, overwrite: true }))).rejects.toMatchObject({
      code: 'file_error',
    });
    expect(await contentOf(place.outputRoot)).toEqual(before);
    expect(await namesIn(place.outputRoot)).toEqual([state.story.id]);
  });

  it.each([
    ['from the start', 1],
    ['while it copied', 2],
  ])('leaves everything as it is when the story was lost %s', async (_, holds) => {
    const state = await filled();
    await buildPlayerBundle(place.options(state));
    const staging = path.join(place.outputRoot, `.${state.story.id}.deadbeef.tmp`);
    await mkdir(staging);
    const before = await contentOf(place.outputRoot);
    let held = 0;
    const whileHeld: WhileHeld = async (work) => {
      held += 1;
      if (held < holds) return await work();
      throw new StoryTreeError('lease_lost', 'Somebody else has the story now.');
    };
    await expect(buildPlayerBundle(place.options(state, { overwrite: true, whileHeld }))).rejects.toMatchObject({
      code: 'lease_lost',
    });
    expect(await contentOf(place.outputRoot)).toEqual(before);
    const others = holds === 1 ? [path.basename(staging)] : [];
    expect(await namesIn(place.outputRoot)).toEqual([...others, state.story.id]);
  });

  it('leaves the bundle there was when it is cancelled', async () => {
    const state = await filled(storyState(chain(40)));
    await buildPlayerBundle(place.options(state));
    const before = await contentOf(place.outputRoot);
    const controller = new AbortController();
    const assets = onCopy((_, copy) => {
      if (copy === 20) controller.abort(new Error('stopped by hand'));
      return undefined;
    });
    await expect(
      buildPlayerBundle(place.options(state, { assets, overwrite: true, signal: controller.signal })),
    ).rejects.toThrow('stopped by hand');
    expect(await contentOf(place.outputRoot)).toEqual(before);
    expect(await namesIn(place.outputRoot)).toEqual([state.story.id]);
  });
});

describe('the folder', () => {
  it('holds the data, the script, the player and the assets', async () => {
    const state = await filled(storyState(chain(2), { displayName: '李小龙' }));
    const { bundlePath, report } = await buildPlayerBundle(place.options(state));
    expect(bundlePath).toBe(folderOf(state));
    expect(report).toMatchObject({ scenelets: 2, keyFrames: 2, speeches: 2, warnings: [] });
    expect(Object.keys(await contentOf(bundlePath)).sort()).toEqual([
      '.story-tree-bundle.json',
      'assets/shots/scenelet-1/1_audio.wav',
      'assets/shots/scenelet-1/1_key_frame.png',
      'assets/shots/scenelet-2/1_audio.wav',
      'assets/shots/scenelet-2/1_key_frame.png',
      'player.html',
      'story.js',
      'story.json',
    ]);
    expect(await namesIn(place.outputRoot)).toEqual([state.story.id]);
  });

  it('holds exact copies', async () => {
    const state = await filled();
    const bytes = Buffer.from([0, 255, 137, 80, 78, 71, 13, 10, 0]);
    await writeFile(place.locate(keyFramePath(state.story.id, 'scenelet-2', 1)), bytes);
    const { bundlePath } = await buildPlayerBundle(place.options(state));
    expect(await readFile(path.join(bundlePath, 'assets/shots/scenelet-2/1_key_frame.png'))).toEqual(bytes);
    const digest = async (file: string) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    expect(await digest(path.join(bundlePath, 'player.html'))).toBe(await digest(place.templatePath));
  });

  it('has its data as UTF-8, two spaces deep', async () => {
    const state = await filled(storyState(chain(1), { displayName: 'Zoé </script>' }));
    const { bundlePath } = await buildPlayerBundle(place.options(state));
    const text = await readFile(path.join(bundlePath, 'story.json'), 'utf8');
    expect(text).toContain('    "title": "Zoé </script>",\n');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(JSON.parse(text)).toMatchObject({ metadata: { exportedAt: EXPORTED_AT.toISOString() } });
  });

  it('lies below another path when one is given', async () => {
    const state = await filled();
    const outputPath = path.join(place.root, 'my', 'custom', 'path');
    const { bundlePath } = await buildPlayerBundle(place.options(state, { outputPath }));
    expect(bundlePath).toBe(path.join(outputPath, state.story.id));
    expect(await namesIn(bundlePath)).toContain('story.json');
    expect(await isThere(place.outputRoot)).toBe(false);
  });

  it('has no assets of scenelets that are left out', async () => {
    const silent = [{ image: false, audio: false }];
    const [one, two, three] = chain(3);
    const state = await filled(storyState([one, { ...two, shots: silent }, three] as ReturnType<typeof chain>));
    const { bundlePath, report } = await buildPlayerBundle(place.options(state));
    expect(await namesIn(path.join(bundlePath, 'assets/shots'))).toEqual(['scenelet-1']);
    expect(report.excluded.map(({ sceneletId }) => sceneletId)).toEqual(['scenelet-2', 'scenelet-3']);
  });

  it('takes music under the cue made into an id, or under its own name', async () => {
    const music = {
      'Harbour Theme': ['scenelet-1'],
      wind_song: ['scenelet-2'],
      'Not made': ['scenelet-1'],
      '../x': ['scenelet-1'],
    };
    const state = await filled(storyState(chain(2), { music }));
    await place.put(musicPath(state.story.id, 'harbour-theme'), 'one');
    await place.put(musicPath(state.story.id, 'wind_song'), 'two');
    await place.put(musicPath(state.story.id, '../x'), 'three');
    await buildPlayerBundle(place.options(state));
    expect((await readBundle(state)).music).toEqual([
      { cueName: 'Harbour Theme', audioPath: 'assets/music/harbour-theme.m4a', sceneletIds: ['scenelet-1'] },
      { cueName: 'wind_song', audioPath: 'assets/music/wind_song.m4a', sceneletIds: ['scenelet-2'] },
    ]);
    expect(await contentOf(path.join(folderOf(state), 'assets/music'))).toEqual({
      'harbour-theme.m4a': 'one',
      'wind_song.m4a': 'two',
    });
  });

  it('may hold two thousand scenelets', async () => {
    const state = await filled(storyState(chain(2_000)));
    const { report } = await buildPlayerBundle(place.options(state));
    expect(report).toMatchObject({ scenelets: 2_000, keyFrames: 2_000, speeches: 2_000, warnings: [] });
    expect(await namesIn(path.join(folderOf(state), 'assets/shots'))).toHaveLength(2_000);
  });
});

describe('missing files', () => {
  it('become null and a warning, and the rest goes on', async () => {
    const state = await filled();
    await rm(place.locate(keyFramePath(state.story.id, 'scenelet-2', 1)));
    await buildPlayerBundle(place.options(state));
    const { scenelets } = await readBundle(state);
    expect(scenelets[1]?.shots[0]).toMatchObject({ imagePath: null, audioPath: 'assets/shots/scenelet-2/1_audio.wav' });
    expect(scenelets[2]?.shots[0]?.imagePath).toBe('assets/shots/scenelet-3/1_key_frame.png');
    expect(place.logged.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'scenelet-2, shot 1: the key frame is recorded, but its file is missing.',
    ]);
  });

  it('are no assets either when a folder has their name', async () => {
    const state = await filled();
    const file = place.locate(keyFramePath(state.story.id, 'scenelet-1', 1));
    await rm(file);
    await mkdir(file);
    await buildPlayerBundle(place.options(state));
    expect((await readBundle(state)).scenelets[0]?.shots[0]?.imagePath).toBeNull();
  });

  it('that vanish while others are copied are treated alike', async () => {
    const state = await filled();
    const missing = keyFramePath(state.story.id, 'scenelet-2', 1);
    const assets = onCopy((storePath) => (storePath === missing ? 'gone' : undefined));
    const { report } = await buildPlayerBundle(place.options(state, { assets }));
    expect((await readBundle(state)).scenelets[1]?.shots[0]?.imagePath).toBeNull();
    expect(report.warnings).toMatchObject([{ sceneletId: 'scenelet-2', reason: 'file_missing' }]);
    expect(await isThere(path.join(folderOf(state), 'assets/shots/scenelet-2/1_key_frame.png'))).toBe(false);
  });

  it('that vanish may cut the story short, which leaves no copies behind', async () => {
    const state = await filled();
    const assets = onCopy((storePath) => (storePath.includes('/scenelet-2/') ? 'gone' : undefined));
    await buildPlayerBundle(place.options(state, { assets }));
    expect((await readBundle(state)).scenelets).toMatchObject([{ id: 'scenelet-1', next: { type: 'incomplete' } }]);
    expect(Object.keys(await contentOf(path.join(folderOf(state), 'assets'))).sort()).toEqual([
      'shots/scenelet-1/1_audio.wav',
      'shots/scenelet-1/1_key_frame.png',
    ]);
  });

  it.each(['shots/scenelet-2/1_key_frame.png', 'shots/scenelet-2'])('are missing when %s is a link', async (name) => {
    const state = await filled();
    const at = place.locate(`generated/${state.story.id}/${name}`);
    await rm(at, { recursive: true });
    await mkdir(path.join(place.root, 'outside'));
    for (const file of ['1_key_frame.png', '1_audio.wav'])
      await writeFile(path.join(place.root, 'outside', file), 'secret');
    await symlink(path.join(place.root, 'outside', name.endsWith('.png') ? '1_key_frame.png' : ''), at);
    const { report } = await buildPlayerBundle(place.options(state));
    expect(report.warnings).toContainEqual(
      expect.objectContaining({ sceneletId: 'scenelet-2', reason: 'file_missing' }),
    );
    expect(Object.values(await contentOf(folderOf(state)))).not.toContain('secret');
    const embedded = await assembleEmbeddedBundle({ state, assets: place.assets, exportedAt: EXPORTED_AT });
    expect(JSON.stringify(embedded)).not.toContain('scenelet-2/1_key_frame.png');
  });

  it('that all vanish leave no folder', async () => {
    const state = await filled();
    const assets = onCopy(() => 'gone');
    await expect(buildPlayerBundle(place.options(state, { assets }))).rejects.toMatchObject({
      code: 'no_playable_content',
    });
    expect(await namesIn(place.outputRoot)).toEqual([]);
  });
});

describe('a folder that is there', () => {
  it('is an error and is not touched', async () => {
    const state = await filled();
    await mkdir(folderOf(state), { recursive: true });
    await writeFile(path.join(folderOf(state), 'story.json'), 'mine');
    await expect(buildPlayerBundle(place.options(state))).rejects.toMatchObject({
      code: 'bundle_exists',
      message: expect.stringContaining('"overwrite"'),
    });
    expect(await contentOf(place.outputRoot)).toEqual({ [`${state.story.id}/story.json`]: 'mine' });
  });

  it('is replaced on demand, with nothing of the old left', async () => {
    const state = await filled(storyState(chain(3)));
    await buildPlayerBundle(place.options(state));
    await writeFile(path.join(folderOf(state), 'stale.txt'), 'stale');
    const shorter = { ...state, shots: state.shots.slice(0, 2) };
    await buildPlayerBundle(place.options(shorter, { overwrite: true }));
    expect((await readBundle(state)).scenelets).toHaveLength(2);
    expect(await isThere(path.join(folderOf(state), 'stale.txt'))).toBe(false);
    expect(await isThere(path.join(folderOf(state), 'assets/shots/scenelet-3'))).toBe(false);
    expect(await namesIn(place.outputRoot)).toEqual([state.story.id]);
  });

  it('is replaced when it is empty, and made when it is not there', async () => {
    const state = await filled();
    await mkdir(folderOf(state), { recursive: true });
    await buildPlayerBundle(place.options(state, { overwrite: true }));
    await rm(folderOf(state), { recursive: true });
    await buildPlayerBundle(place.options(state, { overwrite: true }));
    expect(await namesIn(folderOf(state))).toContain('player.html');
  });

  it('goes when it is to be overwritten, whatever it holds', async () => {
    const state = await filled();
    await mkdir(path.join(folderOf(state), 'photos'), { recursive: true });
    await writeFile(path.join(folderOf(state), 'photos', 'holiday.jpg'), 'irreplaceable');
    await buildPlayerBundle(place.options(state, { overwrite: true }));
    expect(await namesIn(folderOf(state))).toContain('player.html');
    expect(await namesIn(folderOf(state))).not.toContain('photos');
  });

  it('gives way to `own` only when this story built it', async () => {
    const state = await filled();
    await mkdir(folderOf(state), { recursive: true });
    await writeFile(path.join(folderOf(state), 'story.json'), 'made elsewhere');
    const again = () => buildPlayerBundle(place.options(state, { overwrite: 'own' }));
    await expect(again()).rejects.toMatchObject({ code: 'bundle_exists' });
    await rm(folderOf(state), { recursive: true });
    await again();
    await expect(again()).resolves.toMatchObject({ bundlePath: folderOf(state) });
  });
});
