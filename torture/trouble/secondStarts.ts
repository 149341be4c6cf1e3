import { chmod } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from '../people/scene.ts';
import { type Listing, listStories, mayLeaveNamespace } from '../stack/listing.ts';
import { postmastersOn } from '../stack/postmasters.ts';
import type { Stack } from '../stack/stack.ts';
import { seePostgresBack } from './processes.ts';
import type { Trouble } from './trouble.ts';

const LOOK_AGAIN_MS = 30;

const isEmbedded = ({ home }: Stack) => home !== null;
const needsNamespaces = () => (mayLeaveNamespace() ? null : 'this user may not create namespaces');

const STARTED_ELSEWHERE: Trouble = {
  name: 'started-elsewhere',
  kind: 'somebody uses the same home from other namespaces',
  appliesTo: isEmbedded,
  obstacle: needsNamespaces,
  async make(scene) {
    await startBeside(scene, 'namespace', async () => undefined);
    return true;
  },
};

const STARTED_ELSEWHERE_AFTER_KILL: Trouble = {
  name: 'started-elsewhere-after-kill',
  kind: 'PostgreSQL is killed, and somebody uses the same home from other namespaces',
  appliesTo: isEmbedded,
  obstacle: needsNamespaces,
  async make(scene) {
    const { stack, disturbances } = scene;
    await disturbances.during(null, async () => {
      await startBeside(scene, 'namespace', () => stack.postgres.kill());
      await seePostgresBack(stack);
    });
    return true;
  },
};

const FOLDER_CLOSED: Trouble = {
  name: 'folder-closed',
  kind: 'PostgreSQL is killed while its user cannot enter the folder above the home',
  appliesTo: isEmbedded,
  obstacle: () => (process.getuid?.() === 0 ? null : 'only for root does PostgreSQL run as another user'),
  async make(scene) {
    const { stack, disturbances } = scene;
    await disturbances.during(null, async () => {
      try {
        await startBeside(scene, 'here', async () => {
          await chmod(stack.folder, 0o700);
          await stack.postgres.kill();
        });
      } finally {
        await chmod(stack.folder, 0o755);
      }
      await seePostgresBack(stack);
    });
    return true;
  },
};

/** The second to start works with the same data, or is told in a sentence why it cannot. */
export const SECOND_STARTS = [STARTED_ELSEWHERE, STARTED_ELSEWHERE_AFTER_KILL, FOLDER_CLOSED];

/** Prepares something, then lets one more program use the home; checks what it finds, and watches the servers meanwhile. */
async function startBeside(
  { stack, disturbances }: Scene,
  from: 'here' | 'namespace',
  prepare: () => Promise<void>,
): Promise<void> {
  const before = await storiesOf(stack);
  await prepare();
  const listing = listStories(stack.variables('second'), from).catch((error: Error) => error);
  await watchServers({ stack, disturbances }, listing);
  const found = await listing;
  if (found instanceof Error) disturbances.object(`A second start failed: ${found.message}`);
  else for (const fault of judgeListing(found, before)) disturbances.object(fault);
}

/** The stories that exist now; others may come and go later. */
async function storiesOf({ database }: Stack): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('select id from stories where deleted_at is null');
  return rows.map(({ id }) => id);
}

/** @param before the stories that existed, hardly any of which is removed meanwhile */
export function judgeListing(listing: Listing, before: readonly string[]): string[] {
  if ('refusal' in listing) {
    return /^\S.*[.!?]$/s.test(listing.refusal)
      ? []
      : [`A second start was refused without a sentence: ${listing.refusal}`];
  }
  const isSame = before.length === 0 || before.some((id) => listing.stories.includes(id));
  return isSame ? [] : ['A second start found another database: it has none of the stories.'];
}

async function watchServers(
  { stack: { dataDirectory }, disturbances }: Pick<Scene, 'stack' | 'disturbances'>,
  listing: Promise<unknown>,
): Promise<void> {
  let isOver = false;
  const over = listing.then(() => {
    isOver = true;
  });
  for (let before: readonly number[] = []; !isOver; await Promise.race([sleep(LOOK_AGAIN_MS), over])) {
    const now = await postmastersOn(dataDirectory);
    // One of them may be about to end, or may turn out not to be a server.
    const both = now.filter((pid) => before.includes(pid));
    if (both.length > 1) {
      disturbances.object(`There are ${both.length} servers on one data directory: ${both.join(', ')}.`);
      return;
    }
    before = now;
  }
}
