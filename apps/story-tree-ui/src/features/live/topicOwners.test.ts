import { expect, it } from 'vitest';
import { ownTopics } from './topicOwners.ts';
import { createTopics, type Topic } from './topics.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** Owners that leave when the test lets them. */
function owners() {
  const topics = createTopics();
  const stop = new AbortController();
  const owned: { topic: Topic; signal: AbortSignal; leave(): void }[] = [];
  const listen = (topic: Topic, signal: AbortSignal) =>
    new Promise<void>((leave) => void owned.push({ topic, signal, leave }));
  ownTopics(topics, listen, stop.signal);
  return { topics, owned, stop: () => stop.abort() };
}

it('one owner listens to a topic, however many want it and until the last of them has left', async () => {
  const { topics, owned } = owners();
  const leave = [topics.want('a'), topics.want(null), topics.want('a')];
  await soon();
  expect(owned.map(({ topic }) => topic)).toEqual(['a', null]);

  leave[0]?.();
  await soon();
  expect(owned[0]?.signal.aborted).toBe(false);

  leave[2]?.();
  await soon();
  expect(owned.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

it('from one page to the next, a topic keeps its owner', async () => {
  const { topics, owned } = owners();
  const leave = topics.want('a');
  await soon();
  leave();
  topics.want('a');
  await soon();

  expect(owned).toHaveLength(1);
  expect(owned[0]?.signal.aborted).toBe(false);
});

it('a topic that is wanted again gets its next owner once the last one has left', async () => {
  const { topics, owned } = owners();
  topics.want('a')();
  const leave = topics.want('a');
  await soon();
  leave();
  await soon();
  topics.want('a');
  await soon();
  expect(owned).toHaveLength(1);

  owned[0]?.leave();
  await soon();
  expect(owned.map(({ topic, signal }) => [topic, signal.aborted])).toEqual([
    ['a', true],
    ['a', false],
  ]);
});

it('all leave when told to stop, and nobody follows them', async () => {
  const { topics, owned, stop } = owners();
  topics.want('a');
  await soon();
  stop();
  owned[0]?.leave();
  topics.want('b');
  await soon();

  expect(owned.map(({ signal }) => signal.aborted)).toEqual([true]);
});
