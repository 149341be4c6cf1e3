import { StoryTreeError } from '@story-tree/domain';

/** How many of something may be in use at a time. */
export interface Limits {
  perCaller: number;
  /** For all callers together; unlimited by default. */
  inAll?: number;
  /** When to try again, in seconds. */
  retryAfterS: number;
  /** Says why a caller is refused, and what to do. */
  sentence: string;
}

/** Limits what costs memory, disk or connections for as long as it lasts, so that nobody takes all of it. */
export interface Places {
  /**
   * Takes a place.
   * @param caller a name that identifies whoever is served
   * @returns releases it; only the first call counts
   * @throws StoryTreeError `too_many_requests`
   */
  take(caller: string): () => void;
  taken(): number;
}

export function createPlaces({ perCaller, inAll = Number.POSITIVE_INFINITY, retryAfterS, sentence }: Limits): Places {
  /** Callers that hold any. */
  const byCaller = new Map<string, number>();
  let all = 0;

  function count(caller: string, by: 1 | -1): void {
    const taken = (byCaller.get(caller) ?? 0) + by;
    if (taken === 0) byCaller.delete(caller);
    else byCaller.set(caller, taken);
    all += by;
  }

  return {
    take(caller) {
      if (all >= inAll || (byCaller.get(caller) ?? 0) >= perCaller) {
        throw new StoryTreeError('too_many_requests', sentence, { details: { retryAfter: String(retryAfterS) } });
      }
      count(caller, 1);
      let isTaken = true;
      return () => {
        if (isTaken) count(caller, -1);
        isTaken = false;
      };
    },
    taken: () => all,
  };
}
