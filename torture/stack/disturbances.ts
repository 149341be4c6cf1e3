/** A time in which something was wrong that work may have been lost to. */
interface Disturbance {
  /** By `Date.now()`. */
  from: number;
  /** Infinite while it goes on. */
  to: number;
  /** The life of a process that it happened to, as the models know it; null when it happened to all. */
  caller: string | null;
}

/** What was done to a stack in a round. */
export interface Disturbances {
  /** How often each kind of trouble was made. */
  counts: ReadonlyMap<string, number>;
  /** Everything in the order it was done, with the seconds since the round began. */
  story: readonly string[];
  /** What those who did it have seen and must not have. */
  objections: readonly string[];
  object(what: string): void;
  /** @param at when it began, by `Date.now()`; now unless told */
  count(kind: string, at?: number): void;
  /** Work may be lost to what happens meanwhile. */
  during<T>(caller: string | null, work: () => Promise<T>): Promise<T>;
  /** The same for what is over. */
  lasted(disturbance: Disturbance): void;
  /** Whether an answer that a caller was sent may have been lost to one of them. */
  excuse(caller: string, answer: { receivedAt: number; sentAt: number }): boolean;
}

/** An answer that was sent is in the journal after this time, or else something keeps it from getting there. */
const SETTLING_MS = 3_000;
/** How long a request may have been on its way when its sender was disturbed. */
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
