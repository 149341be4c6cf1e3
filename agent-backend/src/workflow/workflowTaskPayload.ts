import { checkAgainst, type Issue, issueWithin, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { optionSchemas } from './optionNames.ts';
import { isWorkflowTask, type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES } from './tasks.ts';

/** The options of a run of the whole table. */
const runAllOptions = z.strictObject({ overlap: z.boolean().optional() });

/** One workflow task with its options, or the whole table with its own. */
export type WorkflowTaskRequest =
  | { task: StoryWorkflowTask; options: Readonly<Record<string, unknown>> }
  | { task: 'ALL'; options: z.infer<typeof runAllOptions> };

/**
 * Checks a request from outside against the table: the task, and its options except those that name a place on this machine.
 * Reads nothing and changes nothing.
 * @throws StoryTreeError `invalid_input` whose issues have paths such as `payload.options.targetShotIndex`
 */
export function checkWorkflowTaskPayload(payload: {
  task: string;
  options?: Readonly<Record<string, unknown>> | undefined;
}): WorkflowTaskRequest {
  const { task, options = {} } = payload;
  if (task === 'ALL') {
    refuse(unknownOptions(options, (name) => Object.hasOwn(runAllOptions.shape, name), task));
    return { task, options: checked(runAllOptions, options) };
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
  return { task, options: checked<Readonly<Record<string, unknown>>>(definition.options, options) };
}

function checked<Options>(schema: z.ZodType<Options>, options: unknown): Options {
  const result = checkAgainst(schema, options);
  if (result.success) return result.data;
  throw refused(result.issues.map(toIssue));
}

function unknownOptions(options: object, isKnown: (name: string) => boolean, task: string): Issue[] {
  return Object.keys(options)
    .filter((name) => !isKnown(name))
    .map((name) => ({ path: `payload.options.${name}`, message: `${task} has no such option.` }));
}

/** Options that name a place on this machine are marked so in their definition. */
function namesPlace(schema: z.ZodType | undefined): boolean {
  return schema?.meta()?.namesPlace === true;
}

function toIssue(issue: Issue): Issue {
  return issueWithin('payload.options', issue);
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw refused(issues);
}

function refused(issues: readonly Issue[]): StoryTreeError {
  const [first] = issues;
  return new StoryTreeError('invalid_input', `${first?.path}: ${first?.message}`, { issues });
}
