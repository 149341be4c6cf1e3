import { percentile } from '@story-tree/testkit/percentile.ts';
import { skipWithoutRedis } from '@story-tree/testkit/worker/skipWithoutRedis.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';
import { followersAreToldAll } from '../../torture/invariants/events.ts';
import { findViolations } from '../../torture/invariants/invariants.ts';
import { followEvents } from '../../torture/people/follower.ts';
import { openScene } from '../../torture/people/scene.ts';
import { openStack } from '../../torture/stack/stack.ts';

const CLIENTS = 20;
const EACH = 50;
const TASKS = CLIENTS * EACH;

/** Nobody is meant to be taken for dead, however busy the machine. */
const VARIABLES = { TASK_WORKER_LOCK_MS: '120000', TASK_WORKER_CONCURRENCY: '4', GEMINI_TIMEOUT_MS: '120000' };

describe.each(BACKENDS)('the whole product, jobs on %s', (backend) => {
  it(`takes ${TASKS} tasks from ${CLIENTS} clients and does each once`, async (context) => {
    skipWithoutRedis(context, backend);
    const stack = await openStack({ backend, seed: 1, variables: VARIABLES });
    const follower = followEvents(stack.url, '0');
    try {
      const scene = openScene(stack, context.signal, () => true);
      const { client } = scene;
      const waits: number[] = [];
      const sendAll = async () => {
        for (let sent = 0; sent < EACH; sent += 1) {
          const began = performance.now();
          await client.submit({ operation: 'CREATE_STORY', payload: { prompt: 'A lamp', autoGenerate: true } });
          waits.push(performance.now() - began);
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, sendAll));
      expect(client.asked.size).toBe(TASKS);
      for (const taskId of client.asked.keys()) await client.ended(taskId);

      const before = { since: '0', saidBefore: new Map(), followers: [follower], undisturbed: new Map(), stories: [] };
      const aftermath = { ...scene, ...before };
      expect(await findViolations(aftermath)).toEqual([]);
      expect(await followersAreToldAll.findViolations(aftermath)).toEqual([]);
      const { rows } = await stack.database.pool.query(
        `select (select count(*)::integer from story_tasks where status = 'succeeded' and progress = 100) as succeeded,
                (select count(*)::integer from story_task_events where step = 'started') as started,
                (select count(*)::integer from story_task_events where step in ('resumed', 'waiting')) as again,
                (select count(*)::integer from constitution_versions) as written,
                (select count(*)::integer from model_calls where status = 'committed') as paid,
                (select count(*)::integer from model_calls) as called`,
      );
      expect(rows).toEqual([
        { succeeded: TASKS, started: TASKS, again: 0, written: TASKS, paid: TASKS, called: TASKS },
      ]);
      const delays = follower.received.map(({ at, event }) => at - Date.parse(event.createdAt));
      console.log(
        `jobs on ${backend}: asked for in ${percentile(waits, 95).toFixed(0)} ms (p95), ` +
          `told within ${percentile(delays, 95).toFixed(0)} ms (p95 of ${delays.length} events)`,
      );
    } finally {
      await follower.stop();
      await stack.close();
    }
  });
});
