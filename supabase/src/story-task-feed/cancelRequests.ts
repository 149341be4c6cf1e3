import type { Kysely } from 'kysely';
import type { DB } from '../schema.ts';
import { readCancelRequests } from './feedQueries.ts';

type CancelListener = (taskId: string) => void;

/** Tells listeners, once each, of running tasks that somebody asked to stop. */
export interface CancelRequests {
  readonly size: number;
  add(listener: CancelListener): () => void;
  /** Looks whether there are new ones. */
  round(): Promise<void>;
}

export function createCancelRequests(db: Kysely<DB>): CancelRequests {
  /** With the requests that each listener knows of. */
  const listeners = new Map<CancelListener, Set<string>>();
  return {
    get size() {
      return listeners.size;
    },
    add(listener) {
      // A function of its own, so that the same listener may be added twice.
      const added: CancelListener = (taskId) => listener(taskId);
      listeners.set(added, new Set());
      return () => void listeners.delete(added);
    },
    async round() {
      if (listeners.size === 0) return;
      const requested = new Set(await readCancelRequests(db));
      for (const [listener, told] of listeners) {
        // Only those that still run: what is kept does not grow.
        listeners.set(listener, requested);
        for (const taskId of requested) {
          if (!told.has(taskId)) listener(taskId);
        }
      }
    },
  };
}
