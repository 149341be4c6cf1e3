import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { TEST_KEY } from '../network/certificates.ts';

/** The length of a message by which a client of PostgreSQL asks for TLS. */
const REQUEST_BYTES = 8;
const YES = 'S';

/** A front of a PostgreSQL server that speaks TLS with a certificate, until the test ends. @returns its port */
export async function makeTlsFront({ hostname, port }: URL, certificate: string): Promise<number> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => void sockets.add(socket.on('error', () => socket.destroy()));
  const server = createServer((socket) => {
    keep(socket);
    socket.once('readable', () => {
      if (socket.read(REQUEST_BYTES) === null) return;
      socket.write(YES);
      const secure = new TLSSocket(socket, { isServer: true, key: TEST_KEY, cert: certificate });
      const onward = connect(Number(port), hostname);
      for (const end of [secure, onward]) keep(end);
      secure.pipe(onward).pipe(secure);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}
