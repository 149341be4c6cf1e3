import { ERROR_CODES, type ErrorCode, StoryTreeError } from '@story-tree/domain/errors';
import { spawnOwnProgram } from './ownProgram.ts';
import { nameOf, type SystemUser } from './systemUser.ts';

/** What another user's process can be asked to do. */
export type Request =
  | { action: 'ensure' | 'stop'; home: string }
  | { action: 'putAside'; home: string; target: string };

/** What it replies: messages on the way, and finally a result or an error. */
export type Reply = { log: string } | { result: unknown } | { error: { code: ErrorCode; message: string } };

/**
 * Has something done with the cluster of another user's home, by that user. Root does nothing there itself: whatever it
 * wrote would be in the way of that user, and whatever it opened could be a link to a file of root's.
 *
 * @throws StoryTreeError what went wrong there; `database_unavailable` where that user cannot run Story Tree.
 */
export async function actAs(
  user: SystemUser,
  request: Request,
  log: (message: string) => void = () => undefined,
): Promise<unknown> {
  const child = spawnOwnProgram('actorProcess.ts', [JSON.stringify(request)], {
    ...user,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  child.on('message', (reply: Reply) => {
    if ('log' in reply) log(reply.log);
    else if ('result' in reply) resolve(reply.result);
    else reject(asError(reply.error));
  });
  const failed = async (cause: unknown) => reject(await cannotAct(user, request.home, cause));
  child.on('error', failed);
  child.on('close', failed);
  return promise;
}

/** Another user's process is trusted no further than the shape of its error. */
function asError({ code, message }: { code: ErrorCode; message: string }): StoryTreeError {
  return new StoryTreeError(code in ERROR_CODES ? code : 'internal', message);
}

async function cannotAct({ uid }: SystemUser, home: string, cause: unknown): Promise<StoryTreeError> {
  const who = await nameOf(uid);
  return new StoryTreeError(
    'database_unavailable',
    `${home} belongs to ${who}, who cannot run Story Tree from here: start it as ${who}, or let that user read the checkout and ${process.execPath}.`,
    { cause },
  );
}
