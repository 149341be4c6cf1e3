import { ESTIMATED, type EstimateFigures } from '@story-tree/domain';
import type { TaskEvent } from '../../live/index.ts';

/** What was foreseen of a task when it began, by its log; null when nothing was. */
export function foreseenOf(events: readonly Pick<TaskEvent, 'step' | 'payload'>[]): EstimateFigures | null {
  const payload = events.find(({ step }) => step === ESTIMATED)?.payload;
  if (!payload) return null;
  const { calls, costUsd, durationMs } = payload;
  if (typeof calls !== 'number' || typeof durationMs !== 'number') return null;
  return { calls, costUsd: typeof costUsd === 'number' ? costUsd : null, durationMs };
}
