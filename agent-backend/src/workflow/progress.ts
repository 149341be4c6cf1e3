import type { CallProgress } from '../models/caller.ts';
import type { AnyTask, Unit } from '../planning/task.ts';

/** What happens while workflow tasks run, reported for progress bars, logs and durable events. */
export type ProgressKind = CallProgress | 'task-started' | 'task-done' | 'task-skipped' | 'unit-done' | 'warning';

export interface ProgressEvent {
  kind: ProgressKind;
  task: string;
  /** The key of the unit; null for the task as a whole. */
  unit: string | null;
  /** One sentence for people. */
  message: string;
  /** Units of the task that are done; `total` may grow while a script is written. */
  completed: number;
  total: number;
  /** The fraction of the task that is done, from 0 to 1; set while not all units are known yet. */
  share?: number;
}

export type OnProgress = (event: ProgressEvent) => void;

/** Counts the units of one task and reports its progress. */
export class TaskProgress {
  readonly #definition: AnyTask;
  readonly #onProgress: OnProgress;
  readonly #knownShare: () => number;
  #completed = 0;
  total = 0;
  made = 0;

  /** @param knownShare the fraction of the task's units that are known by now, from 0 to 1 */
  constructor(definition: AnyTask, onProgress: OnProgress, knownShare: () => number = () => 1) {
    this.#definition = definition;
    this.#onProgress = onProgress;
    this.#knownShare = knownShare;
  }

  /** Adds units, of which only `missing` are yet to be made. */
  add(units: readonly Unit[], missing: number): void {
    this.total += units.length;
    this.#completed += units.length - missing;
  }

  /** The fraction of the task that is done, from 0 to 1. */
  share(): number {
    return this.total === 0 ? 0 : (this.#completed / this.total) * this.#knownShare();
  }

  tell(kind: ProgressKind, unit: Unit | null, message: string): void {
    this.#onProgress({
      kind,
      task: this.#definition.task,
      unit: unit?.key ?? null,
      message,
      completed: this.#completed,
      total: this.total,
      ...(this.#knownShare() < 1 ? { share: this.share() } : {}),
    });
  }

  done(unit: Unit, opened: number): void {
    this.made += 1;
    this.#completed += 1;
    this.total += opened;
    this.tell('unit-done', unit, `${unit.title}: stored.`);
  }
}
