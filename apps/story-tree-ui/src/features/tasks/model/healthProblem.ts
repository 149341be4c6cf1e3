import type { Health } from '../../../wire/index.ts';

/** A part that tasks cannot do without. */
export type HealthProblem = 'database' | 'queue' | 'worker';

/** The first part that is missing; the others may only seem to be, because of it. */
export function healthProblem({ database, queue, workers }: Health): HealthProblem | null {
  if (!database) return 'database';
  if (!queue) return 'queue';
  return workers === 0 ? 'worker' : null;
}
