import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFileAssetStore } from './fileAssetStore.ts';

const FILE = 'generated/a-story/shots/scenelet-1/1_key_frame.png';
const RED = Buffer.from('red');
const BLUE = Buffer.from('blue');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'story-tree-assets-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const store = () => createFileAssetStore(root);
const folder = () => path.join(root, path.dirname(FILE));

async function publish(bytes: Uint8Array): Promise<void> {
  await (await store().stage(FILE, bytes)).publish();
}

describe('a staged file', () => {
  test('is invisible until it is published, and then complete', async () => {
    await publish(RED);
    const staged = await store().stage(FILE, BLUE);
    expect(await store().read(FILE)).toEqual(RED);
    await staged.publish();
    expect(await store().read(FILE)).toEqual(BLUE);
    expect(await readdir(folder())).toEqual([path.basename(FILE)]);
  });

  test('may be published twice, and discarded after that', async () => {
    const staged = await store().stage(FILE, RED);
    await staged.publish();
    await publish(BLUE);
    await staged.publish();
    await staged.discard();
    expect(await store().read(FILE)).toEqual(BLUE);
  });

  test('leaves nothing behind when it is discarded', async () => {
    await (await store().stage(FILE, RED)).discard();
    expect(await readdir(folder())).toEqual([]);
    expect(await store().exists(FILE)).toBe(false);
  });

  test('is swept by the next writer, and can no longer be published', async () => {
    const staged = await store().stage(FILE, RED);
    await store().sweep('a-story');
    await expect(staged.publish()).rejects.toMatchObject({ code: 'file_error' });
    expect(await store().exists(FILE)).toBe(false);
  });

  test('has the hash that its file will have', async () => {
    expect(await store().sha256(FILE)).toBeNull();
    const staged = await store().stage(FILE, RED);
    expect(staged.sha256).toBe(createHash('sha256').update(RED).digest('hex'));
    expect(await store().sha256(FILE)).toBeNull();
    await staged.publish();
    expect(await store().sha256(FILE)).toBe(staged.sha256);
  });

  test('outside the folder of stories is refused', async () => {
    for (const outside of ['generated/../x', '/etc/passwd', 'x.png']) {
      await expect(store().stage(outside, RED)).rejects.toMatchObject({ code: 'file_error' });
    }
  });
});

test.runIf(process.platform === 'linux')(
  'a file is on the disk before its name, and each name with its folder',
  async () => {
    const synced: string[] = [];
    await using handle = await open(root, 'r');
    const sync = vi.spyOn(Object.getPrototypeOf(handle), 'sync');
    sync.mockImplementation(async function note(this: { fd: number }) {
      const name = await readlink(`/proc/self/fd/${this.fd}`);
      synced.push(path.relative(root, name).replace(/[^/]*\.tmp$/, 'TEMPORARY'));
    });
    try {
      const staged = await store().stage(FILE, RED);
      const folders = ['', 'generated', 'generated/a-story', 'generated/a-story/shots'];
      expect(synced.splice(0)).toEqual([...folders, 'generated/a-story/shots/scenelet-1/TEMPORARY']);
      await staged.publish();
      expect(synced).toEqual(['generated/a-story/shots/scenelet-1']);
    } finally {
      sync.mockRestore();
    }
  },
);
