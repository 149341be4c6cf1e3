/** A period in which something was wrong that may have cost work. */
interface Disturbance {
  /** By `Date.now()`. */
  from: number;
  /** Infinite while it lasts. */
  to: number;
  /** The process that it happened to, by the name that the models know; null if it happened to all. */
  caller: string | null;
}

/** What was done to a stack in a round. */
export interface Disturbances {
  /** How often each kind of trouble was made. */
  counts: ReadonlyMap<string, number>;
  /** Everything that was done, in order, with the seconds since the round began. */
  story: readonly string[];
  /** Observations, by those who made the trouble, that must never occur. */
  objections: readonly string[];
  object(what: string): void;
  /** @param at when it began, by `Date.now()`; now by default */
  count(kind: string, at?: number): void;
  /** Marks the time of some work as one in which other work may be lost. */
  during<T>(caller: string | null, work: () => Promise<T>): Promise<T>;
  /** The same for a period that is over. */
  lasted(disturbance: Disturbance): void;
  /** Whether one of them may have cost a reply that was sent to a caller. */
  excuse(caller: string, answer: { receivedAt: number; sentAt: number }): boolean;
}

/** After this time a reply that was sent is in the journal, unless something keeps it from getting there. */
const SETTLING_MS = 3_000;
/** How long a request may have been on its way when its sender was hit. */
const TRAVEL_MS = 1_000;

export function noteDisturbances(): Disturbances {
  const began = Date.now();
  const counts = new Map<string, number>();
  const story: string[] = [];
  const objections: string[] = [];
  const all: Disturbance[] = [];
  return {
    counts,
    story,
    objections,
    object: (what) => void objections.push(what),
    count(kind, at = Date.now()) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      story.push(`${((at - began) / 1_000).toFixed(1)} s ${kind}`);
    },
    async during(caller, work) {
      const disturbance = { from: Date.now(), to: Number.POSITIVE_INFINITY, caller };
      all.push(disturbance);
      try {
        return await work();
      } finally {
        disturbance.to = Date.now();
      }
    },
    lasted: (disturbance) => void all.push(disturbance),
    excuse: (whose, { receivedAt, sentAt }) =>
      all.some(
        ({ from, to, caller }) =>
          (caller === null || caller === whose) && receivedAt <= to + TRAVEL_MS && from <= sentAt + SETTLING_MS,
      ),
  };
}
