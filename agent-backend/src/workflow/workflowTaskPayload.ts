import { type Issue, StoryTreeError } from '@story-tree/domain';
import type { z } from 'zod';
import { optionSchemas, withOptionNames } from './optionNames.ts';
import { isWorkflowTask, type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES } from './tasks.ts';

/** One workflow task with its options, or the whole table, which has none. */
export type WorkflowTaskRequest =
  | { task: StoryWorkflowTask; options: Readonly<Record<string, unknown>> }
  | { task: 'ALL'; options: Readonly<Record<string, never>> };

/**
 * What a request from outside asks for, checked by the table: the task, and its own options save those that name a
 * place on this machine. Reads nothing and changes nothing.
 * @throws StoryTreeError `invalid_input` whose issues have paths such as `payload.options.targetShotIndex`
 */
export function checkWorkflowTaskPayload(payload: {
  task: string;
  options?: Readonly<Record<string, unknown>> | undefined;
}): WorkflowTaskRequest {
  const { task, options = {} } = payload;
  if (task === 'ALL') {
    refuse(unknownOptions(options, () => false, task));
    return { task, options: {} };
  }
  if (!isWorkflowTask(task)) {
    const known = [...WORKFLOW_TASK_NAMES, 'ALL'].join(', ');
    throw refused([
      { path: 'payload.task', message: `There is no task ${JSON.stringify(task)}. Choose one of ${known}.` },
    ]);
  }
  const definition = taskDefinition(task);
  const schemas = optionSchemas(definition);
  refuse(unknownOptions(options, (name) => Object.hasOwn(schemas, name) && !namesPlace(schemas[name]), task));
  const parsed = definition.options.safeParse(options);
  if (!parsed.success) throw refused(parsed.error.issues.map(toIssue));
  return { task, options: parsed.data };
}

function unknownOptions(options: object, isKnown: (name: string) => boolean, task: string): Issue[] {
  return Object.keys(options)
    .filter((name) => !isKnown(name))
    .map((name) => ({ path: `payload.options.${name}`, message: `${task} has no such option.` }));
}

/** Marked so where it is defined. */
function namesPlace(schema: z.ZodType | undefined): boolean {
  return schema?.meta()?.namesPlace === true;
}

function toIssue({ path, message }: z.core.$ZodIssue): Issue {
  return { path: ['payload', 'options', ...path].join('.'), message: withOptionNames(message) };
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw refused(issues);
}

function refused(issues: readonly Issue[]): StoryTreeError {
  const [first] = issues;
  return new StoryTreeError('invalid_input', `${first?.path}: ${first?.message}`, { issues });
}
