import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A detour to a PostgreSQL that carries out what it is asked, and whose answer to it gets lost. */
export interface ForgetfulRelay {
  /** The address of the database by way of the relay. */
  url: string;
  /** Breaks the connection that next asks for this text, once the server has done it. */
  loseAnswerTo(text: string): void;
  /** Answers that were lost. */
  lost(): number;
  close(): Promise<void>;
}

export async function openForgetfulRelay(address: string): Promise<ForgetfulRelay> {
  const { hostname, port } = new URL(address);
  const sockets = new Set<Socket>();
  let text: string | null = null;
  let lost = 0;

  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    let isDoomed = false;
    client.on('data', (chunk) => {
      if (text !== null && chunk.includes(text)) {
        text = null;
        isDoomed = true;
      }
      database.write(chunk);
    });
    database.on('data', (chunk) => {
      if (!isDoomed) return void client.write(chunk);
      if (!isReady(chunk)) return;
      lost += 1;
      client.resetAndDestroy();
      database.destroy();
    });
    for (const [end, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);

  return {
    url: url.href,
    loseAnswerTo(next) {
      text = next;
    },
    lost: () => lost,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Whether the last message is ReadyForQuery: the server is done with what it was asked. */
function isReady(chunk: Buffer): boolean {
  return chunk.length >= 6 && chunk.at(-6) === 'Z'.charCodeAt(0) && chunk.readUInt32BE(chunk.length - 5) === 5;
}
