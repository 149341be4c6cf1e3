import { describe, expect, it } from 'vitest';
import { createLatestSender } from './latestSender.ts';

type Draft = { turn: number; text: string } | null;

const text = (words: string): Draft => ({ turn: 1, text: words });

/** Drafts that are on their way until the test lets them arrive. */
function rig() {
  const sent: Draft[] = [];
  let arrival = Promise.withResolvers<void>();
  const drafts = createLatestSender((draft: Draft) => {
    sent.push(draft);
    return arrival.promise;
  }, 1);
  const arrive = () => {
    const { resolve } = arrival;
    arrival = Promise.withResolvers<void>();
    resolve();
  };
  const fail = () => {
    const { reject } = arrival;
    arrival = Promise.withResolvers<void>();
    reject(new Error('lost'));
  };
  return { drafts, sent, arrive, fail };
}

describe('the latest value', () => {
  it('goes on after one that got lost', async () => {
    const { drafts, sent, fail } = rig();
    drafts.show(text('a'));
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a')]);
    fail();
    drafts.show(text('a b'));
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a'), text('a b')]);
  });

  it('sends the latest one alone of those that come while one is on its way', async () => {
    const { drafts, sent, arrive } = rig();
    drafts.show(text('a'));
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a')]);
    drafts.show(text('a b'));
    drafts.show(text('a b c'));
    arrive();
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a'), text('a b c')]);
    drafts.show(null);
    arrive();
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a'), text('a b c'), null]);
  });

  it('drops what is not sent, and waits for what is on its way', async () => {
    const { drafts, sent, arrive } = rig();
    drafts.show(text('a'));
    await expect.poll(() => sent, { timeout: 10_000 }).toEqual([text('a')]);
    drafts.show(text('a b'));
    let isDropped = false;
    const dropping = drafts.drop().then(() => {
      isDropped = true;
    });
    await Promise.resolve();
    expect(isDropped).toBe(false);
    arrive();
    await dropping;
    expect(sent).toEqual([text('a')]);
  });
});
