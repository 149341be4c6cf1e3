import { expect, test } from 'vitest';
import { kindOf } from './files.ts';

const MOUNTS = `
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /proc rw - proc proc rw
40 22 0:40 / /mnt/drive rw master:3 propagate_from:2 - nfs4 server:/export rw
41 22 0:41 / /mnt/with\\040blank rw - fuse.sshfs me@there:/ rw
42 22 0:42 / /mnt/local rw - fuse.mergerfs a:b rw
43 40 254:0 /x /mnt/drive/local rw - ext4 /dev/vda rw
44 22 254:0 /y /mnt/hidden rw - ext4 /dev/vda rw
45 22 0:45 / /mnt/hidden rw - 9p host rw
`;

test.each([
  ['/home/somebody/home', undefined],
  ['/mnt/drive/home', 'nfs4'],
  ['/mnt/drive', 'nfs4'],
  ['/mnt/drives/home', undefined],
  ['/mnt/drive/local/home', undefined],
  ['/mnt/with blank/home', 'fuse.sshfs'],
  ['/mnt/local/home', undefined],
  ['/mnt/hidden/home', '9p'],
])('%s is on the shared drive %s', (file, kind) => {
  expect(kindOf(MOUNTS, file)).toBe(kind);
});

test('the root of the file system never counts as shared', () => {
  expect(kindOf('22 1 0:20 / / rw - virtiofs root rw', '/home/somebody/home')).toBeUndefined();
});
