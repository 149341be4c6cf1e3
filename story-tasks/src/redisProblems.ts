import { codeOf, type ErrorCode, StoryTreeError } from '@story-tree/domain';
import type { RedisAddress } from './redisAddress.ts';

/** `queue_unavailable` may pass by itself; `not_configured` will not. */
type Code = Extract<ErrorCode, 'queue_unavailable' | 'not_configured'>;

/** Something that keeps a Redis from having the queue. The sentence goes after the name of the server. */
export type RedisProblem = readonly [code: Code, sentence: string];

const OR_ANOTHER_SERVER = 'correct REDIS_URL if that is another kind of server';

/** What a user of Redis may do who has the queue, as `ACL SETUSER` takes it. */
export const RIGHTS = '~bull:* +@all -@admin -@dangerous +info +client|list';

export const HANGS_UP: RedisProblem = ['queue_unavailable', `closes the connection: ${OR_ANOTHER_SERVER}`];
export const SILENT: RedisProblem = ['queue_unavailable', `does not answer in time: ${OR_ANOTHER_SERVER}`];
export const ANOTHER_LANGUAGE: RedisProblem = ['not_configured', `answers in another language: ${OR_ANOTHER_SERVER}`];
export const REPLICA: RedisProblem = [
  'not_configured',
  'is a replica, which takes no writes: point REDIS_URL at its primary',
];
export const CLUSTER: RedisProblem = [
  'not_configured',
  'is in cluster mode, which cannot keep the queue: use a Redis without it, or unset REDIS_URL to keep the queue in the database',
];

const ABSENT: RedisProblem = ['queue_unavailable', 'does not answer: start it, or correct REDIS_URL'];

/** By what a reply says. */
const REPLIES: readonly (readonly [reply: RegExp, problem: RedisProblem])[] = [
  [/^NOAUTH/, ['not_configured', 'asks for a password: put it into REDIS_URL, as in redis://:password@host:6379']],
  [/^(WRONGPASS|ERR.*AUTH)/, ['not_configured', 'refuses the login: correct user and password in REDIS_URL']],
  [
    /^DENIED/,
    [
      'not_configured',
      'is in protected mode and serves its own machine alone: run `CONFIG SET requirepass <password>` there, and put the password into REDIS_URL',
    ],
  ],
  [/^LOADING/, ['queue_unavailable', 'is loading its data: wait a moment']],
  [/^BUSY/, ['queue_unavailable', 'is held up by a script: wait, or end it with `SCRIPT KILL`']],
  [
    /^OOM|'maxmemory'/,
    [
      'queue_unavailable',
      'has no memory left: allow it more with `CONFIG SET maxmemory <bytes>`, or remove what else it keeps',
    ],
  ],
  [/^MISCONF/, ['queue_unavailable', 'takes no writes, since it cannot save them to its disk: its log says why']],
  [
    /^NOREPLICAS/,
    [
      'queue_unavailable',
      'takes no writes, since replicas are missing: start them, or run `CONFIG SET min-replicas-to-write 0`',
    ],
  ],
  [
    /max number of clients/,
    ['queue_unavailable', 'has no connection left: allow more with `CONFIG SET maxclients <number>`'],
  ],
  [/^(READONLY|MASTERDOWN)/, REPLICA],
  [/^(CLUSTERDOWN|CROSSSLOT|MOVED)/, CLUSTER],
  [
    /^NOPERM|ACL failure|can't run this command/,
    ['not_configured', `does not let this user keep the queue: run \`ACL SETUSER <user> ${RIGHTS}\``],
  ],
  [
    /unknown (?:redis )?command/i,
    [
      'not_configured',
      `does not know a command that the queue needs: remove \`rename-command\` from redis.conf, or ${OR_ANOTHER_SERVER}`,
    ],
  ],
  [/^Unknown RESP type/, ANOTHER_LANGUAGE],
  [/^Command timed out/, SILENT],
  [/^Reached the max retries/, ABSENT],
];

/** By the code of what went wrong on the way. */
const FAILURES: readonly (readonly [code: RegExp, problem: RedisProblem])[] = [
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    ['queue_unavailable', 'cannot be found by that name: correct REDIS_URL, or check the name service'],
  ],
  [/^CERT_HAS_EXPIRED$/, ['not_configured', 'has a certificate that has expired: renew it']],
  [/^CERT_NOT_YET_VALID$/, ['not_configured', 'has a certificate that is not valid yet: check the clocks of both']],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ['not_configured', 'has a certificate for another name: use a name in REDIS_URL that the certificate is for'],
  ],
  [
    /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/,
    [
      'not_configured',
      "has a certificate from an authority that is not known here: export NODE_EXTRA_CA_CERTS with the path of that authority's certificate",
    ],
  ],
  [/^(ECONNRESET|EPIPE|ERR_SSL_.*)$/, HANGS_UP],
];

/** What an error says about a Redis; that it closed the connection if nothing else. */
export function problemOf(error: unknown): RedisProblem {
  if (!(error instanceof Error)) return HANGS_UP;
  const code = codeOf(error) ?? '';
  const failure =
    FAILURES.find(([pattern]) => pattern.test(code)) ?? REPLIES.find(([pattern]) => pattern.test(error.message));
  return failure?.[1] ?? ('syscall' in error ? ABSENT : HANGS_UP);
}

export function redisError({ host }: RedisAddress, [code, sentence]: RedisProblem, cause?: unknown): StoryTreeError {
  return new StoryTreeError(code, `Redis at ${host} ${sentence}.`, { cause });
}
