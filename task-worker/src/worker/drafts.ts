import type { OperationContext } from '../operations/operation.ts';

export type Draft = Parameters<OperationContext['draft']>[0];

/** Sends the latest draft, one at a time and not too often; what a later one has replaced is never sent. */
export interface Drafts {
  show(draft: Draft): void;
  /** Sends nothing more of what was shown so far; resolved when nothing is on its way either. */
  drop(): Promise<void>;
}

const EVERY_MS = 100;

/** @param send may fail: a draft that gets lost is made good by the next */
export function createDrafts(send: (draft: Draft) => Promise<void>, everyMs = EVERY_MS): Drafts {
  let latest: { draft: Draft } | undefined;
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let nextAt = 0;

  function schedule(): void {
    if (latest === undefined || sending !== undefined || timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        sendLatest();
      },
      Math.max(0, nextAt - performance.now()),
    );
  }

  function sendLatest(): void {
    if (latest === undefined) return;
    const { draft } = latest;
    latest = undefined;
    nextAt = performance.now() + everyMs;
    sending = send(draft)
      .catch(() => undefined)
      .finally(() => {
        sending = undefined;
        schedule();
      });
  }

  return {
    show(draft) {
      latest = { draft };
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
