import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** What lies between two programs, and can fail although both of them are well. */
export interface Network {
  /** The server's address, except that it leads through here. Without a slash at the end. */
  url: string;
  /** Resets every connection; new ones come to nothing until it is restored. */
  cut(): void;
  /** Delivers nothing more, without a word to either side; what is sent arrives once it is restored. */
  hold(): void;
  restore(): void;
  close(): Promise<void>;
}

/** @param target the server's address, or how to find it when somebody connects: it may move to another port */
export async function openNetwork(target: string | (() => string)): Promise<Network> {
  const address = typeof target === 'string' ? () => target : target;
  const sockets = new Set<Socket>();
  let state: 'open' | 'held' | 'cut' = 'open';

  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (state === 'cut') return void near.resetAndDestroy();
    const { hostname, port } = new URL(address());
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      if (state === 'held') one.cork();
      one.pipe(other);
      // Which error ended it is no news to the other side.
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await once(server.listen(0, LOOPBACK), 'listening');
  const url = new URL(address());
  url.hostname = LOOPBACK;
  url.port = String((server.address() as AddressInfo).port);

  const cut = () => {
    state = 'cut';
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: url.href.replace(/\/$/, ''),
    cut,
    hold() {
      state = 'held';
      for (const socket of sockets) socket.cork();
    },
    restore() {
      state = 'open';
      for (const socket of sockets) socket.uncork();
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
