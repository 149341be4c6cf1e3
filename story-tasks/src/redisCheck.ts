import { toStoryTreeError } from '@story-tree/domain';
import { Redis } from 'ioredis';
import pTimeout, { TimeoutError } from 'p-timeout';
import { checkRedisUrl } from './redisBackend.ts';

const ANSWER_WITHIN_MS = 3_000;

const NO_ANSWER = 'does not answer: start it, or correct REDIS_URL';
const ANOTHER_SERVER = 'is it another kind of server?';

/** What Redis replies when it cannot serve yet or refuses the login, and what to do about it. */
const REPLIES: readonly (readonly [reply: RegExp, problem: string])[] = [
  [/^(NOAUTH|WRONGPASS|ERR.*AUTH)/, 'refuses the login: correct it in REDIS_URL'],
  [/^LOADING/, 'is loading its data: try again in a moment'],
];

/**
 * Whether the Redis of an address answers, asked once with the login of that address.
 * @returns null when it does, else a sentence for people that says what to do; it never holds the password
 */
export async function findRedisProblem(url: string): Promise<string | null> {
  try {
    checkRedisUrl(url);
  } catch (error) {
    return toStoryTreeError(error).message;
  }
  const problem = await problemWith(url);
  return problem === null ? null : `Redis at ${new URL(url).host} ${problem}`;
}

async function problemWith(url: string): Promise<string | null> {
  // Nothing but the login and what is asked for: other servers answer in unexpected ways.
  const asking = { lazyConnect: true, protocol: 2, enableReadyCheck: false, disableClientInfo: true } as const;
  const client = new Redis(url, { ...asking, retryStrategy: () => null });
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  try {
    await pTimeout(
      client.connect().then(() => client.ping()),
      { milliseconds: ANSWER_WITHIN_MS },
    );
    return null;
  } catch (thrown) {
    return describe(errors[0] ?? thrown);
  } finally {
    client.disconnect();
  }
}

function describe(error: unknown): string {
  if (error instanceof TimeoutError) return `does not answer in time: ${ANOTHER_SERVER}`;
  if (error instanceof Error && 'syscall' in error) return NO_ANSWER;
  const message = error instanceof Error ? error.message : String(error);
  const reply = REPLIES.find(([pattern]) => pattern.test(message));
  return reply === undefined ? `closed the connection or answered in another language: ${ANOTHER_SERVER}` : reply[1];
}
