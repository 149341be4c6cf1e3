import CircleAlert from 'lucide-react/icons/circle-alert';
import type { ReactNode } from 'react';
import { failureAdvice } from './failureAdvice.ts';
import { ForOperators } from './operators.tsx';

/** The sentence, the code and what to do next. */
export function FailureNote({
  error: { code, message },
  children,
}: {
  error: { code: string; message: string };
  /** What can be done here and now. */
  children: ReactNode;
}) {
  return (
    <div className="rounded-control border border-bad/40 bg-bad-wash px-3.5 py-3 text-sm">
      <p className="flex gap-2 font-medium text-bad">
        <CircleAlert size={16} className="mt-0.5 shrink-0" />
        <span dir="auto" className="min-w-0 whitespace-pre-wrap">
          {message}
        </span>
      </p>
      <ForOperators>
        <p className="mt-2 text-ink">{failureAdvice(code).next}</p>
      </ForOperators>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {children}
        <code className="font-mono text-ink-soft text-xs">{code}</code>
      </div>
    </div>
  );
}
