import { PassThrough } from 'node:stream';
import type { ProgressEvent } from '@story-tree/agent-backend';
import { expect, it } from 'vitest';
import { createProgressBars } from './progressBars.ts';

/** What a terminal shows at the end, after one event for each task. */
function shown(...events: Pick<ProgressEvent, 'kind' | 'completed' | 'total'>[]): string[] {
  const stream = Object.assign(new PassThrough(), { columns: 120 });
  const bars = createProgressBars(stream as unknown as NodeJS.WriteStream);
  for (const [at, event] of events.entries())
    bars.show({ ...event, task: `TASK_${at}`, unit: null, message: 'at work' });
  bars.close();
  return String(stream.read()).match(/[█░]+/g) ?? [];
}

it('fills a bar as far as the work has come, and not at all before anything is known of it', () => {
  const [unknown, half, done, skipped] = shown(
    { kind: 'task-started', completed: 0, total: 0 },
    { kind: 'unit-done', completed: 2, total: 4 },
    { kind: 'task-done', completed: 4, total: 4 },
    { kind: 'task-skipped', completed: 0, total: 0 },
  );
  expect(unknown).toBe('░'.repeat(24));
  expect(half).toBe('█'.repeat(12) + '░'.repeat(12));
  expect(done).toBe('█'.repeat(24));
  expect(skipped).toBe('█'.repeat(24));
});
