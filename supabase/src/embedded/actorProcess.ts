/**
 * Does something with a cluster for root, as the user whose home it is; see actAs.ts.
 * Usage: node actorProcess.ts <request as JSON>, with a channel to the parent.
 */
import { toStoryTreeError } from '@story-tree/domain/errors';
import type { Reply, Request } from './actAs.ts';
import { ensureCluster } from './ensureCluster.ts';
import { putAsideCluster, stopCluster } from './stopCluster.ts';

function act(request: Request): Promise<unknown> {
  const { home } = request;
  if (request.action === 'stop') return stopCluster({ home });
  if (request.action === 'putAside') return putAsideCluster({ home }, request.target);
  return ensureCluster({ home, log: (message) => void reply({ log: message }) });
}

function reply(message: Reply): Promise<void> {
  return new Promise((resolve) => {
    // Once root's process has ended, nobody is left to reply to.
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

const request: Request = JSON.parse(process.argv[2] ?? '');
await act(request).then(
  (result) => reply({ result: result ?? null }),
  (error: unknown) => {
    const { code, message } = toStoryTreeError(error);
    return reply({ error: { code, message } });
  },
);
process.exit(0);
