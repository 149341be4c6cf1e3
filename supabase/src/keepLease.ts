import { StoryTreeError } from '@story-tree/domain';

export interface LeaseKeeping {
  /** When the lease was asked for, by `performance.now()`. */
  askedAt: number;
  ttlMs: number;
  renewEveryMs: number;
  /** False when the lease has gone. */
  renew(): Promise<boolean>;
}

/**
 * Renews a lease until it is stopped. `lost` aborts with `lease_lost` when a renewal is refused, or when none came
 * through until the lease must have run out. A renewal that merely fails is tried again: until then the lease holds.
 */
export function keepLease({ askedAt, ttlMs, renewEveryMs, renew }: LeaseKeeping): {
  lost: AbortSignal;
  stop(): void;
} {
  const controller = new AbortController();
  const renewals = setInterval(() => void renewOnce(), renewEveryMs).unref();
  let expiry = expireAfter(askedAt + ttlMs);
  let renewing = false;
  let stopped = false;

  // Timers and `performance.now()` share a monotonic clock: setting the machine's time changes nothing here.
  function expireAfter(moment: number) {
    return setTimeout(lose, Math.max(0, moment - performance.now())).unref();
  }

  function stop() {
    stopped = true;
    clearInterval(renewals);
    clearTimeout(expiry);
  }

  function lose(cause?: unknown) {
    if (stopped) return;
    stop();
    controller.abort(
      new StoryTreeError(
        'lease_lost',
        'The right to write to this story was lost. What is finished is kept: run the task again to go on.',
        { cause },
      ),
    );
  }

  async function renewOnce() {
    if (renewing) return;
    renewing = true;
    const renewedAt = performance.now();
    try {
      if (!(await renew())) return lose();
      if (stopped) return;
      clearTimeout(expiry);
      expiry = expireAfter(renewedAt + ttlMs);
    } catch {
      // The database may be back at the next turn; the expiry decides.
    } finally {
      renewing = false;
    }
  }

  return { lost: controller.signal, stop };
}
