import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage, LiveRun, LiveTransport } from './liveTransport.ts';
import { shareBetweenTabs } from './shareBetweenTabs.ts';
import { recordingSink } from './testSink.ts';
import { anEvent, aTask } from './testTasks.ts';
import { createTopics } from './topics.ts';

/** Tabs of one browser: they share the locks and the channels of this process. */
function browser() {
  const runs: LiveRun[] = [];
  const transport: LiveTransport = { run: (options) => void runs.push(options) };
  const open: AbortController[] = [];
  return {
    runs,
    leader: () => runs.at(-1) as LiveRun,
    openTab(after: string | null) {
      const close = new AbortController();
      open.push(close);
      const seen = recordingSink();
      shareBetweenTabs(transport).run({ sink: seen.sink, after, topics: createTopics(), signal: close.signal });
      return { ...seen, close: () => close.abort() };
    },
    closeAll() {
      for (const tab of open) tab.abort();
    },
  };
}

const message = (cursor: string): LiveMessage => ({
  kind: 'task',
  cursor,
  task: aTask(),
  event: anEvent({ id: cursor }),
});
const idsOf = (messages: LiveMessage[]) => messages.map((one) => (one.kind === 'task' ? one.cursor : one.kind));

describe('tabs of one browser', () => {
  let tabs: ReturnType<typeof browser>;
  afterEach(() => tabs.closeAll());

  it('have one connection, whose messages and status reach them all', async () => {
    tabs = browser();
    const [first, second, third] = [tabs.openTab('10'), tabs.openTab('10'), tabs.openTab('10')];
    await vi.waitFor(() => expect(tabs.runs).toHaveLength(1));
    tabs.leader().sink.status('live');
    tabs.leader().sink.message(message('11'));
    tabs.leader().sink.message(message('12'));

    for (const tab of [first, second, third]) {
      await vi.waitFor(() => expect(idsOf(tab.messages)).toEqual(['11', '12']));
      expect(tab.statuses.at(-1)).toBe('live');
    }
    expect(tabs.runs).toHaveLength(1);
  });

  it('continue from the last message that they have seen when the leader closes', async () => {
    tabs = browser();
    const first = tabs.openTab('10');
    await vi.waitFor(() => expect(tabs.runs).toHaveLength(1));
    const second = tabs.openTab('10');
    tabs.leader().sink.message(message('11'));
    await vi.waitFor(() => expect(idsOf(second.messages)).toEqual(['11']));

    first.close();
    await vi.waitFor(() => expect(tabs.runs).toHaveLength(2));

    expect(tabs.runs[0]?.signal.aborted).toBe(true);
    expect(tabs.leader().after).toBe('11');
  });

  it('learn how things stand when they come later, and read again only what their page does not show', async () => {
    tabs = browser();
    tabs.openTab('10');
    await vi.waitFor(() => expect(tabs.runs).toHaveLength(1));
    tabs.leader().sink.status('live');
    tabs.leader().sink.message(message('11'));

    const [late, behind, blank] = [tabs.openTab('11'), tabs.openTab('10'), tabs.openTab(null)];
    for (const tab of [late, behind, blank]) await vi.waitFor(() => expect(tab.statuses.at(-1)).toBe('live'));
    tabs.leader().sink.message(message('12'));

    await vi.waitFor(() => expect(idsOf(late.messages)).toEqual(['12']));
    for (const tab of [behind, blank]) await vi.waitFor(() => expect(idsOf(tab.messages)).toEqual(['resync', '12']));
  });

  it('ask for a resync when they find that they have missed something', async () => {
    tabs = browser();
    tabs.openTab('10');
    await vi.waitFor(() => expect(tabs.runs).toHaveLength(1));
    const sleeper = tabs.openTab('10');
    tabs.leader().sink.status('live');
    await vi.waitFor(() => expect(sleeper.statuses.at(-1)).toBe('live'));

    const other = new BroadcastChannel('story-tree-live');
    other.postMessage({ type: 'message', before: '15', message: message('16') });
    await vi.waitFor(() => expect(idsOf(sleeper.messages)).toEqual(['resync', '16']));

    other.postMessage({ type: 'state', status: 'live', cursor: '20' });
    await vi.waitFor(() => expect(idsOf(sleeper.messages)).toEqual(['resync', '16', 'resync']));
    other.close();
  });
});
