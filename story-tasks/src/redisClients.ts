import { Redis, type RedisOptions } from 'ioredis';

type ConnectionOptions = Pick<RedisOptions, 'retryStrategy' | 'enableOfflineQueue' | 'maxRetriesPerRequest'>;

/** The connections of a process to its Redis, also those that BullMQ makes after their example. */
export interface RedisClients {
  open(options: ConnectionOptions): Redis;
  /** At once, whatever they are waiting for. BullMQ would let one that is away go on trying. */
  closeAll(): void;
}

export function createRedisClients(url: string): RedisClients {
  const clients = new Set<Redis>();

  function kept(client: Redis): Redis {
    clients.add(client);
    client.on('end', () => void clients.delete(client));
    // BullMQ listens as long as it uses a connection; without anybody who does, ioredis writes to the console.
    client.on('error', () => undefined);
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (override) => kept(duplicate(override));
    return client;
  }

  return {
    open: (options) => kept(new Redis(url, options)),
    closeAll() {
      for (const client of clients) client.disconnect();
    },
  };
}
