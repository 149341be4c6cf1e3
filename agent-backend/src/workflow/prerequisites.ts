import { type StoryState, StoryTreeError } from '@story-tree/domain';
import type { AnyTask } from '../planning/task.ts';

/** The tasks whose results this one needs and lacks, in the table's order. */
export function blockedBy(task: AnyTask, state: StoryState, options: object): AnyTask[] {
  const conditional = task.alsoNeeds?.(state, options) ?? [];
  return [...task.needs.filter((needed) => !needed.hasOutput(state)), ...conditional];
}

/** The tasks that have to run before this one can, in order: its missing needs and theirs. */
export function tasksToRunFirst(task: AnyTask, state: StoryState, options: object): AnyTask[] {
  const first: AnyTask[] = [];
  const collect = (missing: AnyTask) => {
    if (first.includes(missing)) return;
    blockedBy(missing, state, {}).forEach(collect);
    first.push(missing);
  };
  blockedBy(task, state, options).forEach(collect);
  return first;
}

/** @throws StoryTreeError `prerequisite_missing` naming what is missing and which tasks to run, in order */
export function requirePrerequisites(task: AnyTask, state: StoryState, options: object): void {
  const missing = blockedBy(task, state, options);
  if (missing.length === 0) return;
  const first = tasksToRunFirst(task, state, options);
  throw new StoryTreeError(
    'prerequisite_missing',
    `${task.task} needs ${listed(missing.map((needed) => needed.makes))}. ` +
      `Run ${first.map((needed) => needed.task).join(', then ')} first.`,
    { details: { runFirst: first.map((needed) => needed.task).join(',') } },
  );
}

/** Later tasks with stored results that refer to what this one makes, directly or through others. */
export function dependants(task: AnyTask, state: StoryState, all: readonly AnyTask[]): AnyTask[] {
  const invalid = new Set<AnyTask>([task]);
  for (const later of all) {
    if (later.needs.some((needed) => invalid.has(needed))) invalid.add(later);
  }
  invalid.delete(task);
  return [...invalid].filter((later) => later.clear !== undefined && later.hasOutput(state));
}

/** @throws StoryTreeError `has_dependants` naming them and the way out */
export function requireNoDependants(task: AnyTask, state: StoryState, all: readonly AnyTask[]): void {
  const invalid = dependants(task, state, all);
  if (invalid.length === 0) return;
  throw new StoryTreeError(
    'has_dependants',
    `Regenerating ${task.makes} would invalidate ${listed(invalid.map((later) => later.makes))} ` +
      `(${invalid.map((later) => later.task).join(', ')}). Add "cascade" to remove these too.`,
    { details: { dependants: invalid.map((later) => later.task).join(',') } },
  );
}

function listed(nouns: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(nouns);
}
