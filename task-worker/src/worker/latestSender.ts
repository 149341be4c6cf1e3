/** Sends the latest value, one at a time and not too often; what a later one has replaced is never sent. */
export interface LatestSender<Value> {
  show(value: Value): void;
  /** Sends nothing more of what was shown so far; resolved when nothing is on its way either. */
  drop(): Promise<void>;
}

/** @param send may fail: a value that gets lost is made good by the next */
export function createLatestSender<Value>(send: (value: Value) => Promise<void>, everyMs = 0): LatestSender<Value> {
  let latest: { value: Value } | undefined;
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let nextAt = 0;

  function schedule(): void {
    if (latest === undefined || sending !== undefined || timer !== undefined) return;
    const waitMs = nextAt - performance.now();
    if (waitMs <= 0) sendLatest();
    else timer = setTimeout(sendLatest, waitMs);
  }

  function sendLatest(): void {
    timer = undefined;
    if (latest === undefined) return;
    const { value } = latest;
    latest = undefined;
    nextAt = performance.now() + everyMs;
    sending = send(value)
      .catch(() => undefined)
      .finally(() => {
        sending = undefined;
        schedule();
      });
  }

  return {
    show(value) {
      latest = { value };
      schedule();
    },
    async drop() {
      latest = undefined;
      clearTimeout(timer);
      timer = undefined;
      await sending;
    },
  };
}
