import type { Log } from '@story-tree/domain';

/** Tells once that a connection is lost, and once that it is back, however often both are found out in between. */
export interface ConnectionLog {
  lost(error: unknown): void;
  works(): void;
  /** Calls back whenever a connection that was lost is there again. */
  onBack(listener: () => void): void;
}

/** @param what what is at the other end, as in "Redis" */
export function createConnectionLog(what: string, log: Log): ConnectionLog {
  let isLost = false;
  const listeners: (() => void)[] = [];
  return {
    lost(error) {
      if (isLost) return;
      isLost = true;
      log('warn', `The queue cannot reach ${what}. Trying again until it answers.`, { reason: reasonOf(error) });
    },
    works() {
      if (!isLost) return;
      isLost = false;
      log('info', `The queue reaches ${what} again.`);
      for (const listener of listeners) listener();
    },
    onBack: (listener) => void listeners.push(listener),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
