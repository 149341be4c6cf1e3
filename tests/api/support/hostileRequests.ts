import { randomUUID } from 'node:crypto';
import type { Lot } from '@story-tree/testkit/seeded.ts';
import type { RawRequest } from './raw.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1_048_576;

/** What there is, for requests that come close. */
export interface Ground {
  storyId: string;
  taskId: string;
}

type Kind = (lot: Lot, ground: Ground) => RawRequest;

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
const strangePayload: Kind = (lot, ground) => {
  const { payload, ...rest } = lot.pick(ALMOST)(ground);
  const names = [lot.text(5), '__proto__', 'constructor', 'toString', 'requestedBy', 'mode'];
  const extra = `${JSON.stringify(lot.pick(names))}: ${JSON.stringify(lot.pick(JUNK))}`;
  return post(`{${JSON.stringify(rest).slice(1, -1)}, "payload": {${JSON.stringify(payload).slice(1, -1)}, ${extra}}}`);
};

const wrongPayload: Kind = (lot, ground) =>
  post({ ...lot.pick(ALMOST)(ground), payload: lot.pick([1, 'x', [], null, true, { prompt: 7 }]) });

const wrongOperation: Kind = (lot, ground) =>
  post({
    ...lot.pick(ALMOST)(ground),
    operation: lot.pick<unknown>([...JUNK, lot.text(12), 'create_story', 'toString']),
  });

const wrongStory: Kind = (lot, ground) => {
  const [, ...existing] = ALMOST;
  return post({ ...lot.pick(existing)(ground), storyId: lot.pick<unknown>([...JUNK, lot.text(36), randomUUID()]) });
};

const wrongOptions: Kind = (lot, { storyId }) => {
  const options = {
    [lot.pick(['resume', 'outputPath', 'targetSceneletId', lot.text(4)])]: lot.pick([[], {}, 7, null]),
  };
  return post({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'CREATE_AUDIO_DESIGN', options } });
};

const noObject: Kind = (lot) => post(JSON.stringify(lot.pick(JUNK)));

const cutShort: Kind = (lot, ground) => {
  const whole = JSON.stringify(lot.pick(ALMOST)(ground));
  return post(whole.slice(0, 1 + lot.below(whole.length - 1)));
};

const noise: Kind = (lot) => post(Buffer.from(Array.from({ length: 1 + lot.below(300) }, () => 128 + lot.below(128))));

const tooDeep: Kind = (lot) => {
  const depth = lot.pick([40, 1_000, 100_000]);
  const [open, close] = lot.pick([
    ['[', ']'],
    ['{"payload":', '}'],
  ] as const);
  return post(`${open.repeat(depth)}1${close.repeat(depth)}`);
};

const tooLong: Kind = (lot) => ({
  ...post(JSON.stringify('x'.repeat(MEGABYTE + lot.below(MEGABYTE)))),
  chunked: lot.below(2) === 0,
});

const wrongType: Kind = (lot, ground) =>
  post(lot.pick(ALMOST)(ground), {
    'content-type': lot.pick([
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/xml',
      '',
      'application/json; charset=utf-16',
    ]),
  });

const wrongMethod: Kind = (lot) => ({
  method: lot.pick(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'PURGE']),
  path: lot.pick(READ),
  headers: JSON_TYPE,
  body: '{}',
});

const wrongId: Kind = (lot) => {
  const id = encodeURIComponent(
    lot.pick([lot.text(20).toWellFormed(), randomUUID(), "' or 1=1 --", '../../etc', 'NaN', 'x'.repeat(5_000)]),
  );
  const part = lot.pick(['', '/tasks', '/chat', '/costs', '/bundle', '/bundle.zip', '/events', '/player.html']);
  return lot.below(2) === 0 ? { path: `/api/stories/${id}${part}` } : { path: `/api/story-tasks/${id}` };
};

const wrongQuery: Kind = (lot, { storyId }) => {
  const junk = encodeURIComponent(
    lot.pick(['-1', '1e9', 'NaN', '0', '101', "'", '\0', '٣', `x${lot.text(8).toWellFormed()}`]),
  );
  const parameter = lot.pick(['limit', 'state', 'cursor']);
  return { path: `/api/stories/${storyId}/tasks?${parameter}=${junk}` };
};

const wrongCursor: Kind = (lot, { taskId }) => ({
  path: `${lot.pick(['/api/events', `/api/story-tasks/${taskId}/events`])}?after=${encodeURIComponent(lot.pick(['x', '-1', '1.5', '9'.repeat(40), ' 1']))}`,
  headers: lot.below(2) === 0 ? { 'last-event-id': lot.pick(['x', '-5', '1,2', '0x1']) } : {},
});

const wrongPath: Kind = (lot) => ({
  path: `/${lot.pick(['api', 'generated', 'api/stories', 'api/generated'])}/${lot.pick([
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
    encodeURIComponent(lot.text(30).toWellFormed()),
    '.env',
    '%252e%252e/x.png',
  ])}`,
});

const foreign: Kind = (lot, ground) =>
  lot.below(2) === 0
    ? post(lot.pick(ALMOST)(ground), { origin: lot.pick(['http://evil.example', 'null', 'x', 'http://localhost:1']) })
    : { path: lot.pick(READ), headers: { host: lot.pick(['evil.example', '127.0.0.1.nip.io', '[::', 'a b', '0']) } };

const wrongKey: Kind = (lot, ground) =>
  post(lot.pick(ALMOST)(ground), { 'idempotency-key': lot.pick(['x'.repeat(201), 'a b', ' é', '\t']).padEnd(2, ' x') });

/** What Next means something by, at addresses that are none. */
const inside: Kind = (lot) => ({
  path: lot.pick([
    '/api/nothing',
    '/api/stories/x',
    '/generated/nothing.png',
    '/api/stories/x?_rsc=1',
    '/api/__nextjs',
  ]),
  headers: {
    [lot.pick([
      'rsc',
      'next-action',
      'x-nextjs-data',
      'next-router-state-tree',
      'x-middleware-subrequest',
      'x-invoke-path',
      'next-router-prefetch',
      'x-matched-path',
      'x-now-route-matches',
    ])]: lot.pick(['1', '%5B', 'src/middleware', '/api/health', '{}']),
  },
});

const KINDS: readonly Kind[] = [
  ...[strangePayload, wrongPayload, wrongOperation, wrongStory, wrongOptions, noObject, cutShort, noise, tooDeep],
  ...[tooLong, wrongType, wrongMethod, wrongId, wrongQuery, wrongCursor, wrongPath, foreign, wrongKey, inside],
];

/** A request that has to be refused, whatever the lot decides. */
export function hostileRequest(lot: Lot, ground: Ground): RawRequest {
  return lot.pick(KINDS)(lot, ground);
}
