'use client';

import PlugZap from 'lucide-react/icons/plug-zap';
import { cx } from '../../components/index.ts';
import type { Health } from '../../wire/index.ts';
import { useHealth } from '../client/index.ts';
import { useAllTasks, useTaskMessages } from '../live/index.ts';

const WORDS: Record<HealthProblem, { title: string; text: string }> = {
  database: { title: 'The database is not responding.', text: 'Tasks will continue by themselves once it is back.' },
  queue: { title: 'The queue is not responding.', text: 'Tasks will continue by themselves once it is back.' },
  worker: {
    title: 'No worker is running.',
    text: 'Tasks wait until one is started; “npm start” starts one together with this app.',
  },
};

/** Says above the page what keeps all tasks waiting; nothing while everything is available. */
export function WorkerNotice() {
  const problem = useHealthProblem();
  return (
    <div role="status">
      {problem && (
        <div className="border-line border-b bg-warn-wash">
          <Words problem={problem} className="mx-auto max-w-6xl px-4 sm:px-6" />
        </div>
      )}
    </div>
  );
}

/** The same for a column. It is not announced: the one above the page is. */
export function WorkerNote() {
  const problem = useHealthProblem();
  return problem && <Words problem={problem} className="mb-5 rounded-control bg-warn-wash px-4" />;
}

function Words({ problem, className }: { problem: HealthProblem; className: string }) {
  const { title, text } = WORDS[problem];
  return (
    <p className={cx('flex items-start gap-2.5 py-2.5 text-ink text-sm', className)}>
      <PlugZap size={16} className="mt-0.5 shrink-0 text-warn" />
      <span className="min-w-0">
        <strong className="font-semibold">{title}</strong> {text}
      </span>
    </p>
  );
}

/** While something is waiting, a part that fails or recovers is noticed soon. */
const WAITING_EVERY_MS = 8_000;

/** What keeps tasks from running, if anything does. */
function useHealthProblem(): HealthProblem | null {
  const { active } = useAllTasks();
  const { data, refetch } = useHealth();
  const problem = data ? healthProblem(data) : null;
  // What a task tells may be the first sign that what was missing is back.
  useTaskMessages(() => problem !== null && void refetch({ cancelRefetch: false }));
  useHealth(problem !== null || active.length > 0 ? WAITING_EVERY_MS : undefined);
  return problem;
}

/** A part that tasks depend on. */
type HealthProblem = 'database' | 'queue' | 'worker';

/** The first part that is missing; others may only seem to be missing because of it. */
export function healthProblem({ database, queue, workers }: Health): HealthProblem | null {
  if (!database) return 'database';
  if (!queue) return 'queue';
  return workers === 0 ? 'worker' : null;
}
