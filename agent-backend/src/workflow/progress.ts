import type { CallProgress } from '../models/caller.ts';
import type { AnyTask, Unit } from '../planning/task.ts';

/** What happens while workflow tasks run, told to whoever watches: bars, logs, durable events. */
export type ProgressKind = CallProgress | 'task-started' | 'task-done' | 'task-skipped' | 'unit-done' | 'warning';

export interface ProgressEvent {
  kind: ProgressKind;
  task: string;
  /** The unit it is about; null for the task as a whole. */
  unit: string | null;
  /** One sentence for people. */
  message: string;
  /** Units of the task that are there; `total` may grow while a script unfolds. */
  completed: number;
  total: number;
  /** How much of the task that is, from 0 to 1, where there will be more units that nobody knows yet. */
  share?: number;
}

export type OnProgress = (event: ProgressEvent) => void;

/** Counts the units of one task and tells how far it is. */
export class TaskProgress {
  readonly #definition: AnyTask;
  readonly #onProgress: OnProgress;
  readonly #known: () => number;
  #completed = 0;
  total = 0;
  made = 0;

  /** @param known how much of the task's units are known by now, from 0 to 1 */
  constructor(definition: AnyTask, onProgress: OnProgress, known: () => number = () => 1) {
    this.#definition = definition;
    this.#onProgress = onProgress;
    this.#known = known;
  }

  /** More units, some of which are there already. */
  add(units: readonly Unit[], missing: number): void {
    this.total += units.length;
    this.#completed += units.length - missing;
  }

  /** How much of the task is there, from 0 to 1. */
  share(): number {
    return this.total === 0 ? 0 : (this.#completed / this.total) * this.#known();
  }

  tell(kind: ProgressKind, unit: Unit | null, message: string): void {
    this.#onProgress({
      kind,
      task: this.#definition.task,
      unit: unit?.key ?? null,
      message,
      completed: this.#completed,
      total: this.total,
      ...(this.#known() < 1 ? { share: this.share() } : {}),
    });
  }

  done(unit: Unit, opened: number): void {
    this.made += 1;
    this.#completed += 1;
    this.total += opened;
    this.tell('unit-done', unit, `${unit.title}: stored.`);
  }
}
