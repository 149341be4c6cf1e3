import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { onTestFinished } from 'vitest';

/** A message of PostgreSQL: a letter, then a length that counts itself. */
const LETTER_BYTES = 1;
const HEAD_BYTES = 5;
const READY = 'Z'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const IN_NO_TRANSACTION = 'I'.charCodeAt(0);
/** Login accepted, and ready for a query. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

export interface PoolerOptions {
  /** How many sessions all clients share. */
  sessions: number;
  /** Which free session comes next. */
  next: 'last used' | 'in turns';
}

/**
 * A pooler that lends a session of the server for one transaction at a time and lets everybody in, until the test ends.
 * @returns its address
 */
export async function makeTransactionPooler(server: string, options: PoolerOptions): Promise<string> {
  const clients = Array.from({ length: options.sessions }, () => new pg.Client(server));
  await Promise.all(clients.map((client) => client.connect()));
  const lender = createLender(clients.map(socketOf), options.next);
  const pooler = createServer((client) => {
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(WELCOME);
      serve(client, lender);
    });
  }).listen(0, '127.0.0.1');
  await once(pooler, 'listening');
  onTestFinished(() => {
    pooler.close();
    for (const client of clients) client.connection.stream.destroy();
  });
  const address = new URL(server);
  address.port = String((pooler.address() as AddressInfo).port);
  address.search = '?sslmode=disable';
  return address.href;
}

/** What the driver uses to talk to the server once it has logged in; from now on only we do. */
function socketOf(client: pg.Client): Socket {
  client.on('error', () => undefined);
  return client.connection.stream.removeAllListeners('data') as Socket;
}

interface Lender {
  take(): Promise<Socket>;
  giveBack(session: Socket): void;
}

function createLender(free: Socket[], next: PoolerOptions['next']): Lender {
  const waiting: ((session: Socket) => void)[] = [];
  return {
    async take() {
      const session = next === 'in turns' ? free.shift() : free.pop();
      return session ?? new Promise((resolve) => waiting.push(resolve));
    },
    giveBack(session) {
      const first = waiting.shift();
      if (first === undefined) free.push(session);
      else first(session);
    },
  };
}

/** Passes on what one client says, to another session after each transaction. */
function serve(client: Socket, { take, giveBack }: Lender): void {
  let session: Socket | null = null;
  let replies = Buffer.alloc(0);

  function onReply(chunk: Buffer) {
    client.write(chunk);
    replies = Buffer.concat([replies, chunk]);
    let isOver = false;
    for (let end = messageEnd(replies); end <= replies.length; end = messageEnd(replies)) {
      isOver = replies[0] === READY && replies[HEAD_BYTES] === IN_NO_TRANSACTION;
      replies = replies.subarray(end);
    }
    if (!isOver || session === null) return;
    session.off('data', onReply);
    giveBack(session);
    session = null;
  }

  client.on('data', async (chunk: Buffer) => {
    if (session === null) {
      if (chunk[0] === TERMINATE) return client.end();
      client.pause();
      session = (await take()).on('data', onReply);
      client.resume();
    }
    return session.write(chunk);
  });
}

/** Where the first message ends; beyond everything while its length is not known. */
function messageEnd(bytes: Buffer): number {
  return bytes.length < HEAD_BYTES ? Number.POSITIVE_INFINITY : LETTER_BYTES + bytes.readInt32BE(LETTER_BYTES);
}
