import { MODEL_KINDS, type ModelKind } from './ports.ts';

/** The number of calls of each kind that may be in progress at once. */
export type SlotCounts = Readonly<Record<ModelKind, number>>;

/** Successive answers after which a slot that was given up comes back. */
const SUCCESSES_TO_GROW = 8;

interface Lane {
  max: number;
  limit: number;
  busy: number;
  successes: number;
  /** Measured by `performance.now()`, since the system clock may be set. */
  pausedUntil: number;
}

/**
 * How many calls of each kind may be in progress at once. When a service asks for less load the number is halved and the
 * kind pauses; steady success brings the slots back one by one (additive increase, multiplicative decrease).
 */
export class ModelSlots {
  readonly #lanes: Record<ModelKind, Lane>;
  readonly #listeners = new Set<() => void>();

  constructor(counts: SlotCounts) {
    const lane = (max: number): Lane => ({ max, limit: max, busy: 0, successes: 0, pausedUntil: 0 });
    this.#lanes = { text: lane(counts.text), image: lane(counts.image), speech: lane(counts.speech) };
  }

  /** Takes a slot; false if all are taken or the kind is paused. */
  tryAcquire(kind: ModelKind): boolean {
    const lane = this.#lanes[kind];
    if (lane.busy >= lane.limit || performance.now() < lane.pausedUntil) return false;
    lane.busy += 1;
    return true;
  }

  /** Gives a slot back; steady success lets the number of slots grow again. */
  release(kind: ModelKind, outcome: 'succeeded' | 'failed'): void {
    const lane = this.#lanes[kind];
    lane.busy -= 1;
    lane.successes = outcome === 'succeeded' ? lane.successes + 1 : 0;
    if (lane.limit < lane.max && lane.successes >= SUCCESSES_TO_GROW) {
      lane.limit += 1;
      lane.successes = 0;
    }
    this.#announce();
  }

  /** The service asks to be left alone for `pauseMs` milliseconds. */
  throttle(kind: ModelKind, pauseMs: number): void {
    const lane = this.#lanes[kind];
    // Calls that were in progress when the pause began say nothing about the lower number.
    const isNews = performance.now() >= lane.pausedUntil;
    if (isNews) lane.limit = Math.max(1, Math.floor(lane.limit / 2));
    lane.successes = 0;
    lane.pausedUntil = Math.max(lane.pausedUntil, performance.now() + pauseMs);
    // Waiting calls keep the program running themselves; after an abort the pause must not.
    setTimeout(() => this.#announce(), pauseMs + 1).unref();
  }

  /** The number of slots that there are without throttling. */
  max(kind: ModelKind): number {
    return this.#lanes[kind].max;
  }

  /** The number of slots at present. */
  limit(kind: ModelKind): number {
    return this.#lanes[kind].limit;
  }

  /** Calls back whenever a slot may have become free; returns a function that stops it. */
  onFree(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Calls of each kind of model at once by default, except speech, which is one by one. */
const DEFAULT_CONCURRENCY = 4;

/** The same number of slots for every kind except speech, which by default is made strictly in order. */
export function slotCounts(concurrency = DEFAULT_CONCURRENCY, speech = 1): SlotCounts {
  return { ...(Object.fromEntries(MODEL_KINDS.map((kind) => [kind, concurrency])) as SlotCounts), speech };
}
