import { createServer } from 'node:http';
import process from 'node:process';
import { type Story, StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import sirv from 'sirv';
import { type Environment, places, readEnvironment } from '../runtime/environment.ts';
import { SAMPLE_PROMPT } from '../stub/index.ts';
import { runAll } from './commands/runAll.ts';
import { interruptible } from './interrupt.ts';
import { exitCode } from './output.ts';
import { createReporter } from './reporter.ts';
import { withSession } from './session.ts';

const DEFAULT_PORT = 3000;
const PORTS_TO_TRY = 20;

/** `npm start`: makes the sample story once, then serves the players of all stories on loopback until stopped. */
async function main(): Promise<number> {
  const reporter = createReporter({ stream: process.stderr, verbose: false });
  const interrupt = interruptible();
  try {
    const environment = readEnvironment();
    const host = loopbackHost(environment);
    const storyId =
      environment.STORY_TREE_SAMPLE === 'off' ? null : await sampleStory(environment, reporter, interrupt.signal);
    reporter.close();
    const { server, port } = await listen(environment, host);
    process.stdout.write(
      `\nStory Tree is ready: http://${host}:${port}/${storyId === null ? '' : `${storyId}/player.html`}\n`,
    );
    await new Promise((resolve) => interrupt.signal.addEventListener('abort', resolve));
    server.closeAllConnections();
    server.close();
    return 0;
  } catch (thrown) {
    reporter.close();
    const error = toStoryTreeError(thrown);
    process.stderr.write(`${error.message}\n`);
    return exitCode(error);
  } finally {
    interrupt.stop();
  }
}

/** The sample is made, or finished, on the first start. */
function sampleStory(environment: Environment, reporter: ReturnType<typeof createReporter>, signal: AbortSignal) {
  return withSession({ environment, reporter, signal }, async (session) => {
    const sample = (await session.repositories.stories.list()).findLast(isSample);
    reporter.note(sample ? 'Looking after the sample story …' : 'Making the sample story …');
    const { result } = await runAll(session, { mode: 'stub', storyId: sample?.id }, {});
    return result.storyId ?? null;
  });
}

function isSample({ mode, initialPrompt }: Story): boolean {
  return mode === 'stub' && initialPrompt === SAMPLE_PROMPT;
}

/** @throws StoryTreeError `not_configured` for an address that others could reach */
function loopbackHost({ HOST = '127.0.0.1' }: Environment): string {
  if (HOST === 'localhost' || HOST === '::1' || /^127(\.\d+){3}$/.test(HOST)) return HOST;
  throw new StoryTreeError(
    'not_configured',
    `HOST is ${HOST}, but Story Tree serves this machine only: use 127.0.0.1.`,
  );
}

async function listen(environment: Environment, host: string) {
  const serve = sirv(places(environment).output, { dev: true, dotfiles: false });
  const server = createServer((request, response) => {
    serve(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.\n');
    });
  });
  const wanted = environment.PORT ?? DEFAULT_PORT;
  for (let port = wanted; port < wanted + PORTS_TO_TRY; port += 1) {
    if (await canListen(server, port, host)) {
      const address = server.address();
      return { server, port: typeof address === 'object' && address ? address.port : port };
    }
    process.stderr.write(`Port ${port} is taken; trying ${port + 1}.\n`);
  }
  throw new StoryTreeError('not_configured', `No free port from ${wanted} on: set PORT to one that is free.`);
}

function canListen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

process.exitCode = await main();
