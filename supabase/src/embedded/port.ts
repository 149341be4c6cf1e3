import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { readSmallFile } from './files.ts';

/** Below the ports that systems hand out for outgoing connections, which come and go. */
const FIRST_PORT = 15_432;
const LAST_PORT = 32_000;
const ATTEMPTS = 200;

/**
 * A free port on loopback: the one remembered in `file` unless another is wanted or somebody has it, else a new one,
 * which is then remembered.
 */
export async function choosePort(file: string, { otherPort }: { otherPort: boolean }): Promise<number> {
  const remembered = await rememberedPort(file);
  if (!otherPort && remembered !== undefined && (await isFree(remembered))) return remembered;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (!(await isFree(port))) continue;
    await writeFile(file, `${port}\n`);
    return port;
  }
  throw new Error(`None of ${ATTEMPTS} ports tried on 127.0.0.1 is free.`);
}

/** The port that the cluster had last; undefined where none was noted. */
export async function rememberedPort(file: string): Promise<number | undefined> {
  const port = Number((await readSmallFile(file).catch(() => undefined))?.text ?? '');
  return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
