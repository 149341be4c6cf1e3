import { hasUnencodedCredentials, StoryTreeError, unencodedCredentials } from '@story-tree/domain';

/** What `REDIS_URL` says. */
export interface RedisAddress {
  url: string;
  /** Host and port, for messages. */
  host: string;
  usesTls: boolean;
  /** The index of the database. */
  database: number;
}

/**
 * Reads an address of the form `redis://user:password@host:6379/0`, or `rediss://…` for TLS.
 * @throws StoryTreeError `not_configured`; its message never holds the password
 */
export function redisAddress(url: string): RedisAddress {
  const protocol = /^rediss?:(?=\/\/)/i.exec(url)?.[0].toLowerCase();
  if (protocol === undefined)
    throw wrong('is not the address of a Redis server: write it as redis://user:password@host:6379');
  if (hasUnencodedCredentials(url)) {
    throw refused(unencodedCredentials('REDIS_URL'));
  }
  if (!URL.canParse(url)) throw wrong('cannot be read: write it as redis://user:password@host:6379');
  const { host, pathname } = new URL(url);
  const [, database = ''] = /^\/?(\d*)$/.exec(pathname) ?? [];
  if (database === '' && pathname.length > 1) {
    throw wrong(
      'ends with something that is not the number of a database: write it as redis://user:password@host:6379/0',
    );
  }
  return { url, host, usesTls: protocol === 'rediss:', database: Number(database) };
}

function wrong(problem: string): StoryTreeError {
  return refused(`REDIS_URL ${problem}`);
}

function refused(problem: string): StoryTreeError {
  return new StoryTreeError('not_configured', `${problem}, or unset it to keep the queue in the database.`);
}
