import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { clusterDirectory, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isOpenToNobody,
  makeHome,
  nobody,
  removeHome,
  startChild,
  withDatabase,
} from '@story-tree/testkit/database/clusters.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const isRoot = process.getuid?.() === 0;
/** No user has it. */
const NAMELESS = 54_321;

/** A home with a story, in a folder of its own. */
interface Scene {
  above: string;
  home: string;
  /** Where its cluster is. */
  directory: string;
}

/** Something that a person can do and undo, and what a start in between says; without it, the start finds the story. */
interface Change {
  what: string;
  by: (scene: Scene) => Promise<unknown>;
  undo: (scene: Scene) => Promise<unknown>;
  says?: RegExp;
}

const data = ({ directory }: Scene) => path.join(directory, 'data');
const record = ({ home }: Scene) => path.join(home, 'database-folder');

/** Renames what `of` names, and back. */
function renamed(of: (scene: Scene) => string): Pick<Change, 'by' | 'undo'> {
  return {
    by: (scene) => rename(of(scene), `${of(scene)}.away`),
    undo: (scene) => rename(`${of(scene)}.away`, of(scene)),
  };
}

/** Gives what `of` names another mode, and the old one back. */
function withMode(mode: number, of: (scene: Scene) => string, before: number): Pick<Change, 'by' | 'undo'> {
  return { by: (scene) => chmod(of(scene), mode), undo: (scene) => chmod(of(scene), before) };
}

/** Gives the data to somebody else, and back. */
function ownedBy(uid: number): Pick<Change, 'by' | 'undo'> {
  let before = 0;
  return {
    by: async (scene) => {
      before = (await stat(data(scene))).uid;
      execFileSync('chown', ['-R', String(uid), data(scene)]);
    },
    undo: async (scene) => execFileSync('chown', ['-R', String(before), data(scene)]),
  };
}

const FOR_EVERYBODY: Change[] = [
  { what: 'its folder is renamed', ...renamed(({ directory }) => directory), says: /put it back, or remove .*folder/ },
  { what: 'its data is renamed', ...renamed(data), says: /put it back, or remove .*database-folder/ },
  { what: 'the record of it is gone', ...renamed(record) },
  {
    what: 'it is a link to a disk that is not there',
    by: async (scene) => {
      await rename(data(scene), `${data(scene)}.away`);
      await symlink('/nowhere/at/all', data(scene));
    },
    undo: async (scene) => {
      await rm(data(scene));
      await rename(`${data(scene)}.away`, data(scene));
    },
    says: /cannot be read from here/,
  },
];

const FOR_ROOT: Change[] = [
  { what: 'its data belongs to root', ...ownedBy(0), says: /PostgreSQL does not run as root.*chown -hR/ },
  { what: 'the name of its user is gone', ...ownedBy(NAMELESS) },
];

const FOR_ROOT_IN_HOME: Change[] = [
  {
    what: 'the home belongs to somebody else',
    by: ({ home }) => chown(home, nobody().uid, nobody().gid),
    undo: ({ home }) => chown(home, 0, 0),
    says: /chown -hR nobody/,
  },
  { what: 'the folder above is closed', ...withMode(0o700, ({ above }) => above, 0o755), says: /chmod o\+x/ },
  { what: 'the home is closed', ...withMode(0o700, ({ home }) => home, 0o755), says: /chmod o\+x/ },
  { what: 'the home is open to all', ...withMode(0o777, ({ home }) => home, 0o755), says: /chmod o-w/ },
];

async function story(home: string): Promise<unknown> {
  const { rows } = await withDatabase(home, (pool) => pool.query('select title from kept'));
  return rows[0]?.title;
}

async function makeStory(home: string): Promise<string> {
  const { directory } = await ensure(home);
  await withDatabase(home, (pool) => pool.query(`create table kept as select 'mine' as title`));
  return directory;
}

function check(changes: readonly Change[], scene: () => Scene): void {
  const refused = changes.filter(({ says }) => says !== undefined);
  const accepted = changes.filter(({ says }) => says === undefined);

  it.each(refused)('is asked for, and found again afterwards, when $what', async ({ by, undo, says = /^$/ }) => {
    const { home, directory } = scene();
    const before = await readdir(directory);
    await by(scene());
    await expect(ensure(home)).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringMatching(says),
    });
    await undo(scene());
    expect(await clusterDirectory({ home })).toBe(directory);
    expect(await readdir(directory)).toEqual(before);
  });

  it('holds what it held after all of that', async () => {
    expect(await story(scene().home)).toBe('mine');
  });

  it.each(accepted)('is used, and is there again afterwards, when $what', async ({ by, undo }) => {
    await by(scene());
    expect(await story(scene().home)).toBe('mine');
    await undo(scene());
    expect(await story(scene().home)).toBe('mine');
  });
}

/** One for all tests of a group: whatever they do to it, they undo. */
let scene: Scene;
const current = () => scene;

async function setUp(parent?: string): Promise<void> {
  const above = parent === undefined ? await makeHome() : await mkdtemp(parent);
  const home = path.join(above, 'home');
  scene = { above, home, directory: await makeStory(home) };
}

async function tearDown(): Promise<void> {
  const { home, above, directory } = scene;
  await removeHome(home, above, ...(directory.startsWith(above) ? [] : [path.dirname(directory)]));
}

describe('a database in its home', () => {
  beforeAll(() => setUp());
  afterAll(tearDown);
  check(isRoot ? [...FOR_EVERYBODY, ...FOR_ROOT, ...FOR_ROOT_IN_HOME] : FOR_EVERYBODY, current);

  it('goes where its home goes, and is the same through a link', async () => {
    const { above, home } = scene;
    const elsewhere = path.join(above, 'elsewhere');
    await rename(home, elsewhere);
    expect(await story(elsewhere)).toBe('mine');
    await symlink(elsewhere, home);
    expect(await story(home)).toBe('mine');
    await rm(home);
    await rename(elsewhere, home);
    expect(await story(home)).toBe('mine');
  });

  it('is not that of a copy', async () => {
    const copy = path.join(scene.above, 'copy');
    execFileSync('cp', ['-a', scene.home, copy]);
    await withDatabase(copy, (pool) => pool.query(`update kept set title = 'copied'`));
    expect([await story(scene.home), await story(copy)]).toEqual(['mine', 'copied']);
  });
});

if (isRoot) {
  describe('a database of a home that is closed to others', () => {
    beforeAll(() => setUp('/root/story-tree-home-'));
    afterAll(tearDown);
    check([...FOR_EVERYBODY, ...FOR_ROOT], current);

    it('stays where it is when the home is moved', async () => {
      const moved = path.join(scene.above, 'moved');
      await rename(scene.home, moved);
      expect(await story(moved)).toBe('mine');
      expect((await ensure(moved)).directory).toBe(scene.directory);
      await stopCluster({ home: moved });
      await rename(moved, scene.home);
      expect(await story(scene.home)).toBe('mine');
    });

    it('is not that of a copy, which is told how to get one', async () => {
      const copy = path.join(scene.above, 'copy');
      await cp(scene.home, copy, { recursive: true });
      await expect(ensure(copy)).rejects.toThrow(/is a copy of .*STORY_TREE_HOME/);
      expect(await story(scene.home)).toBe('mine');
    });

    it('is not passed over for another in the home; the record decides, and without it a person', async () => {
      const inHome = path.join(scene.home, 'postgres');
      await mkdir(inHome);
      execFileSync('cp', ['-a', data(scene), inHome]);
      expect((await ensure(scene.home)).directory).toBe(scene.directory);
      await stopCluster({ home: scene.home });
      await rm(record(scene));
      const choice = ensure(scene.home);
      await expect(choice).rejects.toThrow(`in ${inHome} (last used on `);
      await expect(choice).rejects.toThrow(`in ${scene.directory} (last used on `);
      await rename(inHome, `${inHome}.away`);
      expect(await story(scene.home)).toBe('mine');
    });
  });
}

if (isRoot && isOpenToNobody()) {
  describe('a database of an unprivileged user', () => {
    const CLOSED: (Omit<Change, 'says'> & { says: RegExp })[] = [
      { what: 'the folder above is closed', ...withMode(0, ({ above }) => above, 0o755), says: /cannot write to/ },
      { what: 'the home is closed', ...withMode(0, ({ home }) => home, 0o755), says: /cannot be read|cannot write/ },
      { what: 'its folder is closed', ...withMode(0, ({ directory }) => directory, 0o700), says: /cannot be read/ },
      { what: 'its data is closed', ...withMode(0, data, 0o700), says: /cannot be read/ },
      { what: 'the record is closed', ...withMode(0, record, 0o644), says: /cannot be read/ },
      { what: 'its folder is renamed', ...renamed(({ directory }) => directory), says: /put it back/ },
    ];

    beforeAll(async () => {
      const above = await makeHome();
      const home = path.join(above, 'home');
      await mkdir(home);
      await chown(home, nobody().uid, nobody().gid);
      scene = { above, home, directory: await makeStory(home) };
    });
    afterAll(tearDown);

    it.each(CLOSED)('is asked for, and found again afterwards, when $what', async ({ by, undo, says }) => {
      const { home, directory } = scene;
      const before = await readdir(directory);
      await by(scene);
      await expect(startChild(home, nobody()).cluster).rejects.toThrow(says);
      await undo(scene);
      expect(await clusterDirectory({ home })).toBe(directory);
      expect(await readdir(directory)).toEqual(before);
    });

    it('holds what it held after all of that', async () => {
      expect(await story(scene.home)).toBe('mine');
    });

    it('is used by root as well, who leaves nothing there that is in that user’s way', async () => {
      const { home } = scene;
      const { uid, gid } = nobody();
      const foreign = execFileSync('find', [home, '!', '-user', String(uid)], { encoding: 'utf8' });
      expect(foreign).toBe('');
      const child = startChild(home, { uid, gid });
      await child.cluster;
      child.process.kill('SIGKILL');
      expect(await story(home)).toBe('mine');
    });
  });
}
