import { setTimeout as sleep } from 'node:timers/promises';
import { useApi } from '@story-tree/testkit/http/api.ts';
import { type OpenStream, openStream } from '@story-tree/testkit/http/events.ts';
import { expect, it } from 'vitest';

const CLIENTS = 300;
const ROUNDS = 60;
const SLACK = 20_000_000;

const api = useApi(() => ({ variables: { STORY_TREE_LIMIT_STREAMS: String(2 * CLIENTS) } }));

async function heapInUse(): Promise<number> {
  const text = await (await api().fetch('/metrics')).text();
  return Number(/^nodejs_heap_size_used_bytes (\d+)$/m.exec(text)?.[1]);
}

/** What is really in use, however much waits to be collected at a given moment. */
async function leastHeap(samples: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < samples; sample += 1) least = Math.min(least, await heapInUse());
  return least;
}

async function openAll(cursors: readonly string[]): Promise<OpenStream[]> {
  const url = `${api().app.url}/api/events`;
  return Promise.all(cursors.map((cursor) => openStream(url, { 'last-event-id': cursor })));
}

it('tells 300 clients everything once for a minute, half of which lose the connection, and forgets them', async () => {
  const storyId = await api().newStory();
  const before = await leastHeap(200);
  const { cursor } = await api().read<{ cursor: string }>('/api/story-tasks');
  let streams = await openAll(Array.from({ length: CLIENTS }, () => cursor));
  const seen = streams.map((): string[] => []);
  const note = (from: readonly OpenStream[]) => {
    for (const [client, { messages }] of from.entries()) {
      seen[client]?.push(...messages.splice(0).map(({ id }) => String(id)));
    }
  };
  const isShaky = (client: number) => client % 2 === 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    await api().submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: `Name ${round}` } });
    if (round % 20 === 10) {
      const lost = streams.filter((_, client) => isShaky(client));
      for (const stream of lost) stream.close();
      await Promise.all(lost.map(({ ended }) => ended));
      note(streams);
      const again = await openAll(seen.filter((_, client) => isShaky(client)).map((ids) => ids.at(-1) ?? cursor));
      streams = streams.map((stream, client) => (isShaky(client) ? (again[client / 2] ?? stream) : stream));
    }
    await sleep(1_000);
  }
  const { cursor: last } = await api().read<{ cursor: string }>('/api/story-tasks');
  await Promise.all(
    streams.map(async (stream, client) => {
      const isDone = () => [...(seen[client] ?? []), ...stream.messages.map(({ id }) => id)].at(-1) === last;
      while (!isDone()) await sleep(20);
    }),
  );
  note(streams);
  const all = seen[0] ?? [];
  expect(all).toHaveLength(ROUNDS * 2);
  expect(new Set(all).size).toBe(all.length);
  for (const ids of seen) expect(ids).toEqual(all);

  for (const stream of streams) stream.close();
  while ((await leastHeap(20)) > before + SLACK) await sleep(500);
});
