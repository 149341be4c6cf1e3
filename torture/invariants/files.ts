import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compareSnapshots, filesBelow, hash, takeSnapshot } from '../stack/snapshot.ts';
import type { Invariant } from './invariant.ts';

export const filesAreAsRows: Invariant = {
  name: 'the disk has exactly the files that rows refer to: nothing orphaned, missing or temporary',
  async findViolations({ stack: { database, assets } }) {
    const { rows } = await database.pool.query<{ path: string }>(
      `select key_frame_image_path as path from shots where key_frame_image_path is not null
       union all select audio_file_path from shots where audio_file_path is not null
       union all select image_path from reference_images`,
    );
    const named = new Set(rows.map(({ path }) => path));
    const there = new Set(await filesBelow(assets).catch(() => []));
    return [
      ...without(named, there).map((path) => `${path} is missing.`),
      ...without(there, named).map((path) => `No row refers to ${path}.`),
    ];
  },
};

export const filesAreAsInJournal: Invariant = {
  name: 'every file of a story has the bytes of a reply in the journal',
  async findViolations({ stack: { database, assets } }) {
    const { rows } = await database.pool.query<{ path: string; hash: string }>(
      `select reply_file as path, reply_sha256 as hash from model_calls
       where status = 'committed' and reply_file is not null`,
    );
    const byFile = Map.groupBy(rows, (call) => call.path);
    const judged = [...byFile].map(async ([file, calls]) => {
      const found = await readFile(path.join(assets, file))
        .then(hash)
        .catch(() => null);
      return calls.some((call) => call.hash === found) ? [] : [`${file}, with hash ${found}, does not.`];
    });
    return (await Promise.all(judged)).flat();
  },
};

export const bundlesAreThere: Invariant = {
  name: 'each complete story has its bundle, and there is nothing else among the bundles',
  async findViolations({ stack: { output }, stories }) {
    const there = new Set(await readdir(output).catch(() => []));
    const wanted = new Set(stories);
    return [
      ...without(wanted, there).map((id) => `Story ${id} has no bundle.`),
      ...without(there, wanted).map((name) => `${name} is not a bundle.`),
    ];
  },
};

export const storiesAreAsUndisturbed: Invariant = {
  name: 'every story, including its bundle, equals one made without any trouble',
  async findViolations({ stack, stories, undisturbed }) {
    const differences = stories.map(async (id) =>
      compareSnapshots(await takeSnapshot(stack, id), undisturbed).map((difference) => `Story ${id}: ${difference}.`),
    );
    return (await Promise.all(differences)).flat();
  },
};

const without = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((name) => !other.has(name));
