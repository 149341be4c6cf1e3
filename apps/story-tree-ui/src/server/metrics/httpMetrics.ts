import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Target } from '../http/target.ts';

/** Names that routes begin with; anything else would let strangers make labels. */
const API_ROUTES = new Set(['events', 'health', 'session', 'stories', 'story-tasks']);
const OTHERS = new Set(['generated', 'metrics', '_next']);

/** Counts requests and how long answers take; streams last as long as they like and count without. */
export function createHttpMetrics(registry: Registry) {
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

  return (request: IncomingMessage, response: ServerResponse, target: Target): void => {
    const labels = { method: request.method ?? '', route: routeOf(target.segments) };
    const startedAt = performance.now();
    response.once('close', () => {
      requests.inc({ ...labels, status: response.statusCode });
      if (response.getHeader('content-type') === 'text/event-stream') return;
      durations.observe(labels, (performance.now() - startedAt) / 1000);
    });
  };
}

function routeOf([first = '', second = '']: readonly string[]): string {
  if (first === 'api') return API_ROUTES.has(second) ? `/api/${second}` : '/api';
  return OTHERS.has(first) ? `/${first}` : 'page';
}
