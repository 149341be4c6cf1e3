import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@story-tree/supabase';
import { createEmptyDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { makeTlsFront } from '@story-tree/testkit/database/tlsFront.ts';
import { CERTIFICATES } from '@story-tree/testkit/network/certificates.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'story-tree-tls-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function open(query: string, port?: number): Promise<void> {
  const url = new URL(database.connectionString);
  if (port !== undefined) url.port = String(port);
  url.search = query;
  const opened = await openDatabase({ databaseUrl: url.href, home: '', log: () => undefined });
  await opened.close();
}

/** A front with a certificate, and the file that makes it known here. */
async function front(name: keyof typeof CERTIFICATES): Promise<{ port: number; trusting: string }> {
  const file = path.join(folder, `${name}.crt`);
  await writeFile(file, CERTIFICATES[name]);
  const port = await makeTlsFront(new URL(database.connectionString), CERTIFICATES[name]);
  return { port, trusting: `sslmode=verify-full&sslrootcert=${file}` };
}

it('a certificate that nobody here knows is named, and the file that makes it known helps', async () => {
  const { port, trusting } = await front('good');
  await expect(open('sslmode=verify-full', port)).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringMatching(/has a certificate of an authority that is unknown here: .*sslrootcert=<file/),
  });
  await open(trusting, port);
});

it.each([
  ['otherName', /certificate for another name \(.*db\.example\.org\)/],
  ['expired', /certificate that has expired: renew it/],
] as const)('a certificate is refused: %s', async (name, message) => {
  const { port, trusting } = await front(name);
  await expect(open(trusting, port)).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringMatching(message),
  });
});

it('a server without TLS is told as such, and so is a file that is not there', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on('warning', onWarning);
  for (const mode of ['verify-full', 'require']) {
    await expect(open(`sslmode=${mode}`)).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringMatching(/offers no encryption: .*sslmode=disable/),
    });
  }
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  await expect(open('sslmode=verify-full&sslrootcert=/nothing.crt')).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringMatching(/needs a file that cannot be read \(ENOENT.*nothing\.crt.*\): correct sslrootcert/),
  });
  await open('sslmode=disable');
});
