import { StoryTreeError } from '@story-tree/domain';

export interface LeaseKeeping {
  renewEveryMs: number;
  /** False when the lease has gone. */
  renew(): Promise<boolean>;
}

/** A renewal that failed is tried again this soon, in milliseconds. */
const SOON_MS = 250;

/**
 * Renews a lease until it is stopped. `lost` aborts with `lease_lost` when a renewal is refused, and only then: while the
 * database is away, nobody else can take the story there, and when it is back, the fence tells whether somebody did.
 */
export function keepLease({ renewEveryMs, renew }: LeaseKeeping): {
  lost: AbortSignal;
  stop(): void;
} {
  const controller = new AbortController();
  let stopped = false;
  let next = renewAfter(renewEveryMs);

  function renewAfter(ms: number) {
    return setTimeout(() => void renewNow(), ms).unref();
  }

  async function renewNow() {
    const held = await renew().catch(() => 'unknown' as const);
    if (stopped) return;
    if (held === false) return lose();
    next = renewAfter(held === 'unknown' ? Math.min(SOON_MS, renewEveryMs) : renewEveryMs);
  }

  function stop() {
    stopped = true;
    clearTimeout(next);
  }

  function lose() {
    stop();
    controller.abort(
      new StoryTreeError(
        'lease_lost',
        'The right to write to this story was lost. What is finished is kept: run the task again to go on.',
      ),
    );
  }

  return { lost: controller.signal, stop };
}
