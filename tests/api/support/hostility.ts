import { ERROR_CODES } from '@story-tree/domain';
import type { Api } from '@story-tree/testkit/http/api.ts';
import { seededRandom } from '@story-tree/testkit/seeded.ts';
import { expect } from 'vitest';
import type { ErrorBody } from '../../../apps/story-tree-ui/src/wire/index.ts';
import { type Ground, hostileRequest } from './hostileRequests.ts';
import { type RawAnswer, type RawRequest, sendRaw } from './raw.ts';

const AT_ONCE = 8;

/** What no answer may give away: places in programs and on disks, queries, what others said. */
const SECRETS = /\bat .+:\d+:\d+|node_modules|\bselect\b.+\bfrom\b|insert into|postgres(ql)?:\/\/|ZodError|<!doctype/i;

/** Sends so many hostile requests; every answer has to be a refusal in the one shape, and nothing may change. */
export async function sendHostile(api: Api, seed: number, count: number): Promise<void> {
  const storyId = await api.newStory('As it is');
  const [task] = (await api.read<{ tasks: { id: string }[] }>(`/api/stories/${storyId}/tasks`)).tasks;
  const ground = { storyId, taskId: task?.id ?? '' };
  const before = await everything(api);
  let next = 0;
  let answered = 0;
  const sender = async () => {
    while (next < count) if (await sendOne(api, ground, seed + next++)) answered += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  expect(answered).toBeGreaterThan(count * 0.8);
  expect(await everything(api)).toEqual(before);
  expect(api.app.said()).not.toContain('"level":50');
  expect(await api.read('/api/health')).toMatchObject({ database: true });
}

/** @returns whether there was an answer */
async function sendOne({ app }: Api, ground: Ground, seed: number): Promise<boolean> {
  const request = hostileRequest(seededRandom(seed), ground);
  const answer = await sendRaw(app.url, request).catch((error: NodeJS.ErrnoException) => {
    // What Node itself does not send, or a connection that the app has closed upon a body that it does not want.
    if (['ECONNRESET', 'EPIPE', 'ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS'].includes(error.code ?? '')) return null;
    throw error;
  });
  if (answer === null) return false;
  expectRefusal(answer, `seed ${seed}: ${shown(request)}\n${answer.status} ${answer.body.slice(0, 500)}`);
  return true;
}

function expectRefusal({ status, headers, body }: RawAnswer, about: string): void {
  expect(status, about).toBeGreaterThanOrEqual(400);
  expect(status, about).toBeLessThan(500);
  expect(headers.get('content-type'), about).toBe('application/json');
  expect(body, about).not.toMatch(SECRETS);
  const { error, ...more } = JSON.parse(body) as ErrorBody;
  expect(more, about).toEqual({});
  expect(Object.keys(ERROR_CODES), about).toContain(error.code);
  expect(error.message, about).toMatch(/\S/);
}

/** How many rows there are of everything, and which tasks. */
async function everything({ app }: Api): Promise<unknown> {
  const { rows } = await app.place.database.pool.query(`
    select
      (select json_agg(stories order by id) from stories) as stories,
      (select json_agg(story_tasks order by id) from story_tasks) as tasks,
      (select count(*) from story_task_events) as events,
      (select count(*) from model_calls) as calls,
      (select count(*) from scenelets) as scenelets
  `);
  return rows;
}

function shown({ body, ...request }: RawRequest): string {
  return `${JSON.stringify(request).slice(0, 500)} ${String(body ?? '').slice(0, 300)}`;
}
