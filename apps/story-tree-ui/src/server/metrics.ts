import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StoryTaskQueue } from '@story-tree/story-tasks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AppMetrics, HealthChecks } from '../services/index.ts';
import { orElse } from './health.ts';
import type { Target } from './http/target.ts';

/** What the app counts, and counting it. */
interface RequestMetrics extends AppMetrics {
  /** Counts a request and its answer. */
  observe(request: IncomingMessage, response: ServerResponse, target: Target): void;
  /** Counts what was no request, and the status of its answer. */
  countMalformed(status: number): void;
}

interface MetricsParts {
  queue: Pick<StoryTaskQueue, 'metrics'>;
  health: HealthChecks['overview'];
  openStreams(): number;
}

/** Gauges of the library with a counter's ending; each is the sum of the gauge without it, which stays. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

export function createAppMetrics({ queue, health, openStreams }: MetricsParts): RequestMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const registers = [registry];
  new Gauge({
    name: 'story_tree_open_streams',
    help: 'Live streams that clients read now.',
    registers,
    collect() {
      this.set(openStreams());
    },
  });
  const up = new Gauge({
    name: 'story_tree_up',
    help: 'Whether a part is available (1) or missing (0): database, queue, workers.',
    labelNames: ['part'],
    registers,
  });
  const jobs = new Gauge({
    name: 'story_tree_queue_jobs',
    help: 'Jobs of story tasks by state, as the queue said last.',
    labelNames: ['state'],
    registers,
  });
  const workers = new Gauge({
    name: 'story_tree_workers',
    help: 'Workers that take tasks, as the queue said last.',
    registers,
  });

  async function lookAround(): Promise<void> {
    const [parts, counts] = await Promise.all([health(), orElse(null, () => queue.metrics())]);
    up.set({ part: 'database' }, Number(parts.database));
    up.set({ part: 'queue' }, Number(parts.queue));
    up.set({ part: 'workers' }, Number(parts.workers > 0));
    if (parts.queue) workers.set(parts.workers);
    for (const [state, count] of Object.entries(counts ?? {})) jobs.set({ state }, count);
  }

  return {
    ...createHttpMetrics(registry),
    contentType: registry.contentType,
    async text() {
      await lookAround();
      return await registry.metrics();
    },
  };
}

/** Names that routes begin with; anything else would let strangers create labels. */
const API_ROUTES = new Set(['events', 'health', 'session', 'stories', 'story-tasks']);
const OTHERS = new Set(['generated', 'metrics', '_next']);

/** Counts requests and how long responses take; streams are counted without their duration. */
function createHttpMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: 'story_tree_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'story_tree_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });

  return {
    observe(request: IncomingMessage, response: ServerResponse, target: Target): void {
      const labels = { method: request.method ?? '', route: routeOf(target.segments) };
      const startedAt = performance.now();
      response.once('close', () => {
        requests.inc({ ...labels, status: response.statusCode });
        if (response.getHeader('content-type') === 'text/event-stream') return;
        durations.observe(labels, (performance.now() - startedAt) / 1000);
      });
    },
    countMalformed: (status: number) => requests.inc({ method: '', route: 'none', status }),
  };
}

function routeOf([first = '', second = '']: readonly string[]): string {
  if (first === 'api') return API_ROUTES.has(second) ? `/api/${second}` : '/api';
  return OTHERS.has(first) ? `/${first}` : 'page';
}
