'use client';

import { Badge } from '../../components/Badge.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { useAllTasks } from '../live/index.ts';

/** How many tasks go on now, of all stories. */
export function ActiveTasks() {
  const { active } = useAllTasks();
  if (active.length === 0) return null;
  return (
    <Badge tone="busy">
      <Spinner size={13} />
      {active.length === 1 ? '1 task' : `${active.length} tasks`}
    </Badge>
  );
}
