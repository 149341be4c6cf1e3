import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A detour to a server, which can be out of order. */
export interface Relay {
  port: number;
  /** Begins to pass connections on. */
  open(): Promise<void>;
  /** Cuts all connections, and takes no more. */
  cut(): Promise<void>;
}

/** A relay that is not open yet, on a port that stays its own. */
export async function makeRelay({ hostname, port: targetPort }: URL): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(Number(targetPort), hostname);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('error', () => undefined).on('close', () => sockets.delete(end));
    }
  });

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function cut(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(0);
  await cut();
  return { port, open: async () => void (await listen(port)), cut };
}
