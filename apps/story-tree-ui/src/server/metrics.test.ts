import { expect, it } from 'vitest';
import { createHealthChecks } from './health.ts';
import { createAppMetrics } from './metrics.ts';

/** The parts of an app, which may be taken away. */
function parts() {
  let isAway = false;
  const unlessAway = async <T>(value: T) => {
    if (isAway) throw new Error('connection refused');
    return value;
  };
  const queue = {
    ping: () => unlessAway(undefined),
    workers: () => unlessAway(2),
    metrics: () => unlessAway({ waiting: 3, active: 1, delayed: 0, completed: 7, failed: 0 }),
  };
  const database = { pool: { query: () => unlessAway({ rows: [] }) } } as unknown as Parameters<
    typeof createHealthChecks
  >[0]['database'];
  const health = createHealthChecks({ database, queue, mode: 'stub', authentication: false });
  return {
    metrics: createAppMetrics({ queue, health: health.overview, openStreams: () => 0 }),
    takeAway(away: boolean) {
      isAway = away;
    },
  };
}

/** Our own numbers, by name and labels. */
async function ours(text: Promise<string>): Promise<Record<string, string>> {
  const lines = (await text).split('\n').filter((line) => line.startsWith('story_tree_'));
  return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
}

const UP = ['database', 'queue', 'workers'].map((part) => `story_tree_up{part="${part}"}`);

it('an outage turns the up gauges to 0, and takes no number away nor makes one up', async () => {
  const { metrics, takeAway } = parts();
  const before = await ours(metrics.text());
  expect(UP.map((name) => before[name])).toEqual(['1', '1', '1']);
  expect(before).toMatchObject({ story_tree_workers: '2', 'story_tree_queue_jobs{state="waiting"}': '3' });

  takeAway(true);
  const during = await ours(metrics.text());
  expect(during).toEqual({ ...before, ...Object.fromEntries(UP.map((name) => [name, '0'])) });

  takeAway(false);
  expect(await ours(metrics.text())).toEqual(before);
});

it('the up gauges are there before any part has ever answered', async () => {
  const { metrics, takeAway } = parts();
  takeAway(true);
  const numbers = await ours(metrics.text());
  expect(numbers).toMatchObject(Object.fromEntries(UP.map((name) => [name, '0'])));
  expect(Object.values(numbers)).not.toContain('Nan');
});
