'use client';

import { useHealth } from '../client/index.ts';
import { useAllTasks } from '../live/index.ts';
import { type HealthProblem, healthProblem } from './model/healthProblem.ts';

/** While something waits, a part that goes or comes back is noticed soon. */
const WAITING_EVERY_MS = 8_000;

/** What keeps tasks from going on, if anything does. */
export function useHealthProblem(): HealthProblem | null {
  const { active } = useAllTasks();
  const { data } = useHealth();
  const problem = data ? healthProblem(data) : null;
  useHealth(problem !== null || active.length > 0 ? WAITING_EVERY_MS : undefined);
  return problem;
}
