import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder, writeFiles } from './support.ts';

/** The token without which {@link startRegistry} refuses. */
export const TOKEN = 'a-token-for-tests';

/** An npm registry with one package, `part` 1.0.0, which was published just now. */
export interface Registry {
  url: string;
  /** How a lockfile mentions the package. */
  entry: { version: string; integrity: string };
}

export async function startRegistry(): Promise<Registry> {
  const tarball = packPart();
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
    if (!isKnown) response.writeHead(401).end();
    else if (request.url === '/part') response.end(JSON.stringify(packument()));
    else response.end(tarball);
  });
  const packument = () => ({
    name: 'part',
    'dist-tags': { latest: '1.0.0' },
    time: { '1.0.0': new Date().toISOString() },
    versions: { '1.0.0': { name: 'part', version: '1.0.0', dist: { tarball: `${url}part.tgz`, integrity } } },
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, entry: { version: '1.0.0', integrity } };
}

function packPart(): Buffer {
  const folder = temporaryFolder();
  writeFiles(folder, { 'package/package.json': { name: 'part', version: '1.0.0' } });
  execFileSync('tar', ['-czf', 'part.tgz', 'package'], { cwd: folder });
  return readFileSync(join(folder, 'part.tgz'));
}
