import { StoryTreeError } from '@story-tree/domain';
import type { ModelKind } from '../models/ports.ts';
import type { ModelSlots } from '../models/slots.ts';
import type { Unit } from '../planning/task.ts';

/** What the scheduler has to know about a piece of work. */
export type Schedulable = Pick<Unit, 'key' | 'model' | 'dependsOn'>;

export interface ScheduleOptions<Work extends Schedulable> {
  slots: ModelSlots;
  signal: AbortSignal;
  /** Runs one unit and returns the further units that it opens up. */
  execute(unit: Work, signal: AbortSignal): Promise<readonly Work[] | undefined>;
}

/**
 * Runs units, in the given order, as soon as what they depend on is done and their model has a free slot. After a failure
 * nothing new starts, but units in progress are finished, since they are paid for; then the failure is thrown. An abort
 * reaches the units themselves.
 *
 * @throws what the first failing unit threw, or StoryTreeError `cancelled`
 */
export async function runUnits<Work extends Schedulable>(
  units: readonly Work[],
  options: ScheduleOptions<Work>,
): Promise<void> {
  const run = new ScheduledRun(options);
  run.add(units);
  await run.finished();
}

/**
 * Runs work that is not part of a plan in a slot of its model, as a unit would run.
 * @throws what the work threw, or the reason of the abort
 */
export async function runInSlot<T>(
  model: ModelKind,
  { slots, signal }: Pick<ScheduleOptions<Schedulable>, 'slots' | 'signal'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const outcome = Promise.withResolvers<T>();
  await runUnits([{ key: 'work', model }], {
    slots,
    signal,
    async execute(_unit, unitSignal) {
      outcome.resolve(await work(unitSignal));
      return undefined;
    },
  });
  return outcome.promise;
}

class ScheduledRun<Work extends Schedulable> {
  readonly #options: ScheduleOptions<Work>;
  readonly #ready = new Map<Work['model'], Work[]>();
  readonly #waiting = new Map<Work, Set<string>>();
  readonly #dependants = new Map<string, Work[]>();
  readonly #unfinished = new Set<string>();
  readonly #failures: unknown[] = [];
  readonly #settled = Promise.withResolvers<void>();
  #running = 0;

  constructor(options: ScheduleOptions<Work>) {
    this.#options = options;
  }

  add(units: readonly Work[]): void {
    for (const unit of units) this.#unfinished.add(unit.key);
    for (const unit of units) this.#enqueue(unit);
  }

  async finished(): Promise<void> {
    const { slots, signal } = this.#options;
    const pump = () => this.#pump();
    const stopListening = slots.onFree(pump);
    signal.addEventListener('abort', pump);
    try {
      this.#pump();
      await this.#settled.promise;
    } finally {
      stopListening();
      signal.removeEventListener('abort', pump);
    }
    if (this.#failures.length > 0) throw this.#failures[0];
    signal.throwIfAborted();
    if (this.#unfinished.size > 0) {
      throw new StoryTreeError('internal', `These units wait for each other: ${[...this.#unfinished].join(', ')}.`);
    }
  }

  #enqueue(unit: Work): void {
    const open = new Set(unit.dependsOn?.filter((key) => this.#unfinished.has(key)));
    if (open.size === 0) {
      const lane = this.#ready.get(unit.model);
      if (lane) lane.push(unit);
      else this.#ready.set(unit.model, [unit]);
      return;
    }
    this.#waiting.set(unit, open);
    for (const key of open) {
      const dependants = this.#dependants.get(key);
      if (dependants) dependants.push(unit);
      else this.#dependants.set(key, [unit]);
    }
  }

  #pump(): void {
    const { signal, slots } = this.#options;
    const stopping = signal.aborted || this.#failures.length > 0;
    if (!stopping) {
      for (const [model, lane] of this.#ready) {
        while (lane.length > 0 && (model === null || slots.tryAcquire(model))) this.#start(lane.shift() as Work);
      }
    }
    const nothingLeft = stopping || [...this.#ready.values()].every((lane) => lane.length === 0);
    if (this.#running === 0 && nothingLeft) this.#settled.resolve();
  }

  #start(unit: Work): void {
    this.#running += 1;
    const { execute, signal, slots } = this.#options;
    execute(unit, signal)
      .then(
        (opened) => {
          this.#complete(unit, opened ?? []);
          return 'succeeded' as const;
        },
        (error: unknown) => {
          this.#failures.push(error);
          return 'failed' as const;
        },
      )
      .then((outcome) => {
        this.#running -= 1;
        if (unit.model !== null) slots.release(unit.model, outcome);
        this.#pump();
      })
      .catch((error: unknown) => this.#settled.reject(error));
  }

  #complete(unit: Work, opened: readonly Work[]): void {
    this.#unfinished.delete(unit.key);
    this.add(opened);
    for (const dependant of this.#dependants.get(unit.key) ?? []) {
      const open = this.#waiting.get(dependant);
      open?.delete(unit.key);
      if (open?.size === 0) {
        this.#waiting.delete(dependant);
        this.#enqueue(dependant);
      }
    }
    this.#dependants.delete(unit.key);
  }
}
