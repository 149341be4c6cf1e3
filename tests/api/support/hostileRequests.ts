import { randomUUID } from 'node:crypto';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { RawRequest } from './raw.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1_048_576;

/** What there is, for requests that come close. */
export interface Ground {
  storyId: string;
  taskId: string;
}

type Kind = (random: Random, ground: Ground) => RawRequest;

const JUNK = [null, true, -1, 1e308, '', ' ', [], {}, [[]], { a: 1 }, 'x'.repeat(30_000), '\0', '\ud800', ['x'], 0.1];

/** Requests that are all but right, and what to spoil in them. */
const ALMOST: readonly ((ground: Ground) => Record<string, unknown>)[] = [
  () => ({ operation: 'CREATE_STORY', payload: { prompt: 'x', targetScenelets: 5 } }),
  ({ storyId }) => ({ operation: 'RENAME_STORY', storyId, payload: { displayName: 'x' } }),
  ({ storyId }) => ({ operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload: { turns: ['x'] } }),
  ({ storyId }) => ({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'CREATE_CONSTITUTION' } }),
  ({ storyId }) => ({ operation: 'RESTORE_CONSTITUTION', storyId, payload: { version: 1 } }),
  ({ storyId }) => ({ operation: 'BUILD_PLAYER_BUNDLE', storyId, payload: { overwrite: true } }),
];

const READ = ['/api/stories', '/api/events', '/api/health', '/metrics', '/api/story-tasks', '/generated/x.png'];

function post(body: unknown, headers: Record<string, string> = {}): RawRequest {
  return {
    method: 'POST',
    path: '/api/story-tasks',
    headers: { ...JSON_TYPE, ...headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  };
}

/** Something in the payload has another name or too much beside it: no operation takes that. */
const strangePayload: Kind = (random, ground) => {
  const { payload, ...rest } = random.pick(ALMOST)(ground);
  const names = [random.text(5), '__proto__', 'constructor', 'toString', 'requestedBy', 'mode'];
  const extra = `${JSON.stringify(random.pick(names))}: ${JSON.stringify(random.pick(JUNK))}`;
  return post(`{${JSON.stringify(rest).slice(1, -1)}, "payload": {${JSON.stringify(payload).slice(1, -1)}, ${extra}}}`);
};

const wrongPayload: Kind = (random, ground) =>
  post({ ...random.pick(ALMOST)(ground), payload: random.pick([1, 'x', [], null, true, { prompt: 7 }]) });

const wrongOperation: Kind = (random, ground) =>
  post({
    ...random.pick(ALMOST)(ground),
    operation: random.pick<unknown>([...JUNK, random.text(12), 'create_story', 'toString']),
  });

const wrongStory: Kind = (random, ground) => {
  const [, ...existing] = ALMOST;
  return post({
    ...random.pick(existing)(ground),
    storyId: random.pick<unknown>([...JUNK, random.text(36), randomUUID()]),
  });
};

const wrongOptions: Kind = (random, { storyId }) => {
  const options = {
    [random.pick(['resume', 'outputPath', 'targetSceneletId', random.text(4)])]: random.pick([[], {}, 7, null]),
  };
  return post({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'CREATE_AUDIO_DESIGN', options } });
};

const noObject: Kind = (random) => post(JSON.stringify(random.pick(JUNK)));

const cutShort: Kind = (random, ground) => {
  const whole = JSON.stringify(random.pick(ALMOST)(ground));
  return post(whole.slice(0, 1 + random.below(whole.length - 1)));
};

const noise: Kind = (random) =>
  post(Buffer.from(Array.from({ length: 1 + random.below(300) }, () => 128 + random.below(128))));

const tooDeep: Kind = (random) => {
  const depth = random.pick([40, 1_000, 100_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"payload":', '}'],
  ] as const);
  return post(`${open.repeat(depth)}1${close.repeat(depth)}`);
};

const tooLong: Kind = (random) => ({
  ...post(JSON.stringify('x'.repeat(MEGABYTE + random.below(MEGABYTE)))),
  chunked: random.below(2) === 0,
});

const wrongType: Kind = (random, ground) =>
  post(random.pick(ALMOST)(ground), {
    'content-type': random.pick([
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/xml',
      '',
      'application/json; charset=utf-16',
    ]),
  });

const wrongMethod: Kind = (random) => ({
  method: random.pick(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'PURGE']),
  path: random.pick(READ),
  headers: JSON_TYPE,
  body: '{}',
});

const wrongId: Kind = (random) => {
  const id = encodeURIComponent(
    random.pick([random.text(20).toWellFormed(), randomUUID(), "' or 1=1 --", '../../etc', 'NaN', 'x'.repeat(5_000)]),
  );
  const part = random.pick(['', '/tasks', '/chat', '/costs', '/bundle', '/bundle.zip', '/events', '/player.html']);
  return random.below(2) === 0 ? { path: `/api/stories/${id}${part}` } : { path: `/api/story-tasks/${id}` };
};

const wrongQuery: Kind = (random, { storyId }) => {
  const junk = encodeURIComponent(
    random.pick(['-1', '1e9', 'NaN', '0', '101', "'", '\0', '٣', `x${random.text(8).toWellFormed()}`]),
  );
  const parameter = random.pick(['limit', 'state', 'cursor']);
  return { path: `/api/stories/${storyId}/tasks?${parameter}=${junk}` };
};

const wrongCursor: Kind = (random, { taskId }) => ({
  path: `${random.pick(['/api/events', `/api/story-tasks/${taskId}/events`])}?after=${encodeURIComponent(random.pick(['x', '-1', '1.5', '9'.repeat(40), ' 1']))}`,
  headers: random.below(2) === 0 ? { 'last-event-id': random.pick(['x', '-5', '1,2', '0x1']) } : {},
});

const wrongPath: Kind = (random) => ({
  path: `/${random.pick(['api', 'generated', 'api/stories', 'api/generated'])}/${random.pick([
    '..',
    '%2e%2e/%2e%2e/etc/passwd',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd.png',
    '..%5c..%5cx.png',
    'x%00.png',
    '%',
    '%zz',
    '%c0%ae%c0%ae/x.png',
    '%ff%fe',
    '//',
    '/etc/passwd.json',
    'x/'.repeat(1_000),
    encodeURIComponent(random.text(30).toWellFormed()),
    '.env',
    '%252e%252e/x.png',
  ])}`,
});

const foreign: Kind = (random, ground) =>
  random.below(2) === 0
    ? post(random.pick(ALMOST)(ground), {
        origin: random.pick(['http://evil.example', 'null', 'x', 'http://localhost:1']),
      })
    : {
        path: random.pick(READ),
        headers: { host: random.pick(['evil.example', '127.0.0.1.nip.io', '[::', 'a b', '0']) },
      };

const wrongKey: Kind = (random, ground) =>
  post(random.pick(ALMOST)(ground), {
    'idempotency-key': random.pick(['x'.repeat(201), 'a b', ' é', '\t']).padEnd(2, ' x'),
  });

/** What Next means something by, at addresses that are none. */
const inside: Kind = (random) => ({
  path: random.pick([
    '/api/nothing',
    '/api/stories/x',
    '/generated/nothing.png',
    '/api/stories/x?_rsc=1',
    '/api/__nextjs',
  ]),
  headers: {
    [random.pick([
      'rsc',
      'next-action',
      'x-nextjs-data',
      'next-router-state-tree',
      'x-middleware-subrequest',
      'x-invoke-path',
      'next-router-prefetch',
      'x-matched-path',
      'x-now-route-matches',
    ])]: random.pick(['1', '%5B', 'src/middleware', '/api/health', '{}']),
  },
});

const KINDS: readonly Kind[] = [
  ...[strangePayload, wrongPayload, wrongOperation, wrongStory, wrongOptions, noObject, cutShort, noise, tooDeep],
  ...[tooLong, wrongType, wrongMethod, wrongId, wrongQuery, wrongCursor, wrongPath, foreign, wrongKey, inside],
];

/** A request that has to be refused, whatever is drawn. */
export function hostileRequest(random: Random, ground: Ground): RawRequest {
  return random.pick(KINDS)(random, ground);
}
