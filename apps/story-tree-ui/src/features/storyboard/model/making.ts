/** What happened to a unit of a workflow task, as a story task's events tell it. */
export interface UnitEvent {
  kind: string;
  /** The workflow task, such as `CREATE_SHOT_IMAGES`. */
  task: string;
  /** The unit's key: a scenelet's label, or `<label>/<shot>`. Null for the task as a whole. */
  unit: string | null;
}

/** What is being made at this moment: keys of units by their workflow task. */
export type Making = ReadonlyMap<string, ReadonlySet<string>>;

/** What the events of a running task, oldest first, leave unfinished. */
export function makingNow(events: Iterable<UnitEvent>): Making {
  const making = new Map<string, Set<string>>();
  for (const { kind, task, unit } of events) {
    // One workflow task runs at a time: the end of one ends all its units.
    if (kind === 'task-started' || kind === 'task-done' || kind === 'task-skipped') making.delete(task);
    if (unit === null) continue;
    if (kind === 'call-started') making.set(task, (making.get(task) ?? new Set()).add(unit));
    if (kind === 'unit-done') making.get(task)?.delete(unit);
  }
  return making;
}

/** Whether the unit is in work at this moment. */
export function isMade(making: Making, task: string, unit: string): boolean {
  return making.get(task)?.has(unit) ?? false;
}
