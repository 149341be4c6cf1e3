import type { StoryTaskQueue } from '@story-tree/story-tasks';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AppMetrics } from '../appServices.ts';
import { createHttpMetrics } from './httpMetrics.ts';

export interface MetricsParts {
  queue: StoryTaskQueue;
  openStreams(): number;
}

export function createAppMetrics({ queue, openStreams }: MetricsParts): AppMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'story_tree_open_streams',
    help: 'Live streams that clients read now.',
    registers,
    collect() {
      this.set(openStreams());
    },
  });
  const jobs = new Gauge({
    name: 'story_tree_queue_jobs',
    help: 'Jobs of story tasks by state.',
    labelNames: ['state'],
    registers,
  });
  const workers = new Gauge({ name: 'story_tree_workers', help: 'Workers that take tasks now.', registers });

  async function askQueue(): Promise<void> {
    jobs.reset();
    workers.set(Number.NaN);
    const [counts, connected] = await Promise.all([queue.metrics(), queue.workers()]);
    for (const [state, count] of Object.entries(counts)) jobs.set({ state }, count);
    workers.set(connected);
  }

  return {
    observe: createHttpMetrics(registry),
    contentType: registry.contentType,
    async text() {
      await askQueue().catch(() => undefined);
      return await registry.metrics();
    },
  };
}
