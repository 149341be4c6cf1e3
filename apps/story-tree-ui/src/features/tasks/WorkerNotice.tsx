'use client';

import PlugZap from 'lucide-react/icons/plug-zap';
import { cx } from '../../components/index.ts';
import type { HealthProblem } from './model/healthProblem.ts';
import { useHealthProblem } from './useHealthProblem.ts';

const WORDS: Record<HealthProblem, { title: string; text: string }> = {
  database: { title: 'The database does not answer.', text: 'Tasks go on by themselves once it is back.' },
  queue: { title: 'The queue does not answer.', text: 'Tasks go on by themselves once it is back.' },
  worker: {
    title: 'No worker is running.',
    text: 'Tasks wait until one is started; “npm start” starts one together with this app.',
  },
};

/** Says what keeps all tasks waiting; nothing while everything is there. `wide` for the whole page, else for a column. */
export function WorkerNotice({ wide = false }: { wide?: boolean }) {
  const problem = useHealthProblem();
  return (
    <div role="status">
      {problem && (
        <div className={cx('bg-warn-wash text-ink text-sm', wide ? 'border-line border-b' : 'rounded-control')}>
          <p className={cx('flex items-start gap-2.5 px-4 py-2.5', wide && 'mx-auto max-w-6xl sm:px-6')}>
            <PlugZap size={16} className="mt-0.5 shrink-0 text-warn" />
            <span className="min-w-0">
              <strong className="font-semibold">{WORDS[problem].title}</strong> {WORDS[problem].text}
            </span>
          </p>
        </div>
      )}
    </div>
  );
}
