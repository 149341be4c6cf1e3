import CircleAlert from 'lucide-react/icons/circle-alert';
import RotateCw from 'lucide-react/icons/rotate-cw';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

/** Says what went wrong in a sentence, with its code for whoever has to investigate, and offers what to do next. */
export function ErrorState({
  title = 'This did not work',
  error,
  onRetry,
  retrying = false,
  actions,
}: {
  title?: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  actions?: ReactNode;
}) {
  const { code, message } = failureOf(error);
  return (
    <div role="alert" className="rounded-card border border-bad/40 bg-bad-wash px-5 py-4">
      <p className="flex items-center gap-2 font-semibold text-bad">
        <CircleAlert size={18} className="shrink-0" />
        {title}
      </p>
      <p className="mt-1.5 text-ink text-sm">{message}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {onRetry && (
          <Button size="small" icon={RotateCw} loading={retrying} onClick={onRetry}>
            Try again
          </Button>
        )}
        {actions}
        <code className="font-mono text-ink-soft text-xs">{code}</code>
      </div>
    </div>
  );
}

/**
 * What a person is shown for anything that was thrown: the code and sentence of our own errors, a general one
 * otherwise.
 */
function failureOf(thrown: unknown): { code: string; message: string } {
  if (isFailure(thrown)) return { code: thrown.code, message: thrown.message };
  return {
    code: 'internal',
    message: 'Something unexpected went wrong. Reload the page to continue.',
  };
}

function isFailure(thrown: unknown): thrown is { code: string; message: string } {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}
