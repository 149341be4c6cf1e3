import { randomUUID } from 'node:crypto';
import { StoryTreeError } from '@story-tree/domain';
import type pg from 'pg';

const ANSWER_WITHIN_MS = 10_000;
const LOOK = `select pg_backend_pid() as pid, current_setting('story_tree.session', true) as mark`;

/** What the server says of the session that a statement ran in. */
interface Seen {
  pid: number;
  mark: string | null;
}

/**
 * Refuses a pooler that lends sessions out for single transactions. It is known by what it does: one connection marks its
 * session, then both look where they are, while the other one has a transaction open and while none has. Poolers
 * that hand out the session used last are seen by the other connection, those that take turns by the first.
 *
 * Nothing else has been set before, so that no connection is changed that other programs share.
 *
 * @throws StoryTreeError `not_configured` for such a pooler; what the driver throws
 */
export async function refuseTransactionPooler(one: pg.ClientBase, other: pg.ClientBase): Promise<void> {
  const mark = randomUUID();
  const first = await look(
    one,
    `select pg_backend_pid() as pid, set_config('story_tree.session', '${mark}', false) as mark`,
  );
  const isHere = ({ pid, mark: found }: Seen) => pid === first.pid && found === mark;

  const apart = await look(other, `begin; ${LOOK}`).catch(refuseStatementPooler);
  let isShared = apart.pid === first.pid || apart.mark === mark;
  if (!isShared) isShared = !isHere(await look(one, LOOK));
  await other.query('rollback');
  for (let again = 0; again < 2 && !isShared; again++) isShared = !isHere(await look(one, LOOK));
  if (isShared) throw transactionPooler();
}

/** Some lend a session for a single statement even, and say so where a transaction begins. */
function refuseStatementPooler(error: Error): never {
  throw /pooling mode/.test(error.message) ? transactionPooler() : error;
}

/** For addresses that name one, too. */
export function transactionPooler(): StoryTreeError {
  return new StoryTreeError(
    'not_configured',
    'DATABASE_URL points at a transaction pooler, which loses notifications, locks and settings: use the direct connection or the session pooler (with Supabase, port 5432 in both cases; with PgBouncer, pool_mode = session).',
  );
}

async function look(client: pg.ClientBase, text: string): Promise<Seen> {
  const results = (await client.query({ text, query_timeout: ANSWER_WITHIN_MS } as pg.QueryConfig)) as
    | pg.QueryResult<Seen>
    | pg.QueryResult<Seen>[];
  const seen = [results].flat().at(-1)?.rows[0];
  if (seen === undefined) throw transactionPooler();
  return seen;
}
