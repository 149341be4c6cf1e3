import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import type { TestDatabase } from '../database/database.ts';
import { type RealtimeServer, serveRealtime } from './realtimeServer.ts';

const LIFETIME_S = 3_600;
const POLL_MS = 25;

/** Somebody who has an account. */
export interface Person {
  email: string;
  password: string;
  /** What the project's administrators have noted, such as `operator`. */
  role?: string;
}

export interface SupabaseServer {
  url: string;
  /** Signs tokens; what the app knows as `SUPABASE_JWT_SECRET`. */
  secret: string;
  realtime: RealtimeServer;
  close(): Promise<void>;
}

/**
 * As much of a Supabase project as the app needs: accounts with passwords, and Realtime, which hands out what is written to
 * the task tables of a database.
 */
export async function startSupabaseServer(people: readonly Person[], database: TestDatabase): Promise<SupabaseServer> {
  const secret = randomUUID();
  const server = createServer((request, response) => void answer(request, response, people, secret));
  const realtime = serveRealtime(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stopFollowing = handOut(database, realtime);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret,
    realtime,
    async close() {
      await stopFollowing();
      realtime.drop();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  people: readonly Person[],
  secret: string,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', '*, authorization');
  response.setHeader('content-type', 'application/json');
  const { pathname } = new URL(request.url ?? '', 'http://supabase');
  if (request.method === 'OPTIONS' || pathname === '/auth/v1/logout') return void response.writeHead(204).end();
  if (pathname !== '/auth/v1/token') return void response.writeHead(404).end('{}');
  const { email, password } = (await json(request)) as Partial<Person>;
  const person = people.find((one) => one.email === email && one.password === password);
  if (person === undefined) {
    response
      .writeHead(400)
      .end(JSON.stringify({ error_code: 'invalid_credentials', msg: 'Invalid login credentials' }));
    return;
  }
  response.end(JSON.stringify(await session(person, secret, `http://${request.headers.host}/auth/v1`)));
}

async function session({ email, role }: Person, secret: string, issuer: string) {
  const id = randomUUID();
  const claims = {
    email,
    role: 'authenticated',
    is_anonymous: false,
    app_metadata: role === undefined ? {} : { role },
  };
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setSubject(id)
    .setAudience('authenticated')
    .setExpirationTime(`${LIFETIME_S}s`);
  return {
    access_token: await token.sign(new TextEncoder().encode(secret)),
    token_type: 'bearer',
    expires_in: LIFETIME_S,
    expires_at: Math.floor(Date.now() / 1_000) + LIFETIME_S,
    refresh_token: randomUUID(),
    user: { id, aud: 'authenticated', email, app_metadata: claims.app_metadata, user_metadata: {}, created_at: '' },
  };
}

/**
 * Reads what was added to the log and hands out the task's row and then the line, in the order of their writing: the rows
 * and columns that people who signed in may see.
 */
function handOut({ pool }: TestDatabase, realtime: RealtimeServer): () => Promise<void> {
  let last = '0';
  let reading = Promise.resolve();
  async function read(): Promise<void> {
    for (const { id, event, task } of await rowsAfter(pool, last)) {
      last = id;
      realtime.change('story_tasks', 'UPDATE', task);
      realtime.change('story_task_events', 'INSERT', event);
    }
  }
  const timer = setInterval(() => {
    reading = reading.then(read);
  }, POLL_MS);
  return async () => {
    clearInterval(timer);
    await reading;
  };
}

interface Change {
  id: string;
  event: Record<string, unknown>;
  task: Record<string, unknown>;
}

async function rowsAfter(pool: TestDatabase['pool'], last: string): Promise<Change[]> {
  const client = await pool.connect();
  try {
    const published = await client.query<{ tablename: string; columns: string }>(
      `select tablename, array_to_string(attnames, ', ') as columns from pg_publication_tables
       where pubname = 'supabase_realtime'`,
    );
    const from = (table: string) => {
      const columns = published.rows.find(({ tablename }) => tablename === table)?.columns;
      return `(select ${columns} from public.${table})`;
    };
    await client.query('begin; set local role authenticated');
    const { rows } = await client.query<Change>(
      `select event.id, to_jsonb(event) as event, to_jsonb(task) as task
       from ${from('story_task_events')} event join ${from('story_tasks')} task on task.id = event.task_id
       where event.id > $1 order by event.id`,
      [last],
    );
    return rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
