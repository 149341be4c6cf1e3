import {
  type AnyTask,
  checkedOptions,
  flagOf,
  optionSchemas,
  type StoryWorkflowTask,
  taskDefinition,
  WORKFLOW_TASKS,
  withFlags,
} from '@story-tree/agent-backend';
import { StoryTreeError } from '@story-tree/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { pathFrom } from './invocation.ts';

/** A flag of the command line, made from an option of one or more tasks. */
interface TaskFlag {
  /** As in `--scenelet-id`. */
  flag: string;
  key: string;
  isBoolean: boolean;
  isPath: boolean;
  description: string;
  tasks: string[];
}

/** The older name of `--resume` for the script; people's own scripts may still use it. */
const SCRIPT_RESUME_FLAG = '--resume-interactive-script';
const SCRIPT_TASK = 'CREATE_INTERACTIVE_SCRIPT';

/** Options of which each makes the other pointless. The engine lets the second win, since running all tasks resumes. */
const EXCLUSIVE: readonly (readonly [option: string, other: string, why: string])[] = [
  ['resume', 'overwrite', 'the first keeps a bundle that is up to date, the second replaces it'],
  ['resume', 'guidance', 'the first keeps a constitution that exists, the second is for a new one'],
];

const TASK_FLAGS = collectFlags(WORKFLOW_TASKS);

/** Gives a command every option that some task has. */
export function addTaskFlags(command: Command): Command {
  for (const { flag, isBoolean, description, tasks } of TASK_FLAGS) {
    const help = tasks.length === WORKFLOW_TASKS.length ? description : `${description} (${tasks.join(', ')})`;
    if (isBoolean) command.addOption(new Option(`${flag} [true|false]`, help).preset(true).argParser(parseBoolean));
    else command.addOption(new Option(`${flag} <value>`, help));
  }
  return command.option(SCRIPT_RESUME_FLAG, `the same as --resume for ${SCRIPT_TASK}`);
}

/** What a command line asks for, checked before the database is opened. */
export interface CheckedTask {
  task: StoryWorkflowTask;
  options: Readonly<Record<string, unknown>>;
}

/**
 * The options of a task from the flags given.
 * @param folder where relative paths are taken from
 * @throws StoryTreeError `usage` for a flag that the task does not have, flags that contradict each other or need another
 */
export function checkTask(
  { task, ...flags }: Readonly<Record<string, unknown>> & { task: StoryWorkflowTask },
  folder: string,
): CheckedTask {
  const options: Record<string, unknown> = {};
  for (const { flag, key, isPath, tasks } of TASK_FLAGS) {
    const value = flags[camelCase(flag)];
    if (value === undefined) continue;
    if (!tasks.includes(task)) {
      throw new StoryTreeError('usage', `${flag} is not an option of ${task}; it belongs to ${tasks.join(', ')}.`);
    }
    options[key] = isPath && value !== '' ? pathFrom(folder, String(value)) : value;
  }
  if (flags[camelCase(SCRIPT_RESUME_FLAG)] === true) options.resume = scriptResume(task, options);
  requireNoContradiction(task, options);
  return { task, options: { ...checkedOptions(task, options) } };
}

/** Whether such a run, once it ended early, is continued by resuming. An override has to be started over. */
export function canResume({ task, options }: CheckedTask): boolean {
  const resuming = { ...options, resume: true };
  return contradiction(resuming) === undefined && taskDefinition(task).options.safeParse(resuming).success;
}

function scriptResume(task: StoryWorkflowTask, { resume }: Readonly<Record<string, unknown>>): true {
  if (task !== SCRIPT_TASK) {
    throw new StoryTreeError('usage', `${SCRIPT_RESUME_FLAG} belongs to ${SCRIPT_TASK} only; use --resume.`);
  }
  if (resume !== false) return true;
  throw new StoryTreeError('usage', `${SCRIPT_RESUME_FLAG} and --resume=false contradict each other: leave one out.`);
}

function requireNoContradiction(task: StoryWorkflowTask, options: Readonly<Record<string, unknown>>): void {
  const found = contradiction(options);
  if (found === undefined) return;
  const [option, other, why] = found;
  throw new StoryTreeError('usage', `${task}: Choose one of ${flagOf(option)} and ${flagOf(other)}: ${why}.`);
}

function contradiction(options: Readonly<Record<string, unknown>>) {
  return EXCLUSIVE.find(([option, other]) => options[option] && options[other]);
}

function collectFlags(tasks: readonly AnyTask[]): TaskFlag[] {
  const flags = new Map<string, TaskFlag>();
  for (const definition of tasks) {
    for (const [key, schema] of Object.entries(optionSchemas(definition))) {
      const flag = flags.get(key);
      if (flag) flag.tasks.push(definition.task);
      else flags.set(key, taskFlag(key, schema, definition.task));
    }
  }
  return [...flags.values()];
}

function taskFlag(key: string, schema: z.ZodType, task: string): TaskFlag {
  const bare = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return {
    flag: flagOf(key),
    key,
    isBoolean: bare instanceof z.ZodBoolean,
    isPath: schema.meta()?.namesPlace === true,
    description: withFlags(schema.description ?? ''),
    tasks: [task],
  };
}

/** How commander names what a flag gave. */
function camelCase(flag: string): string {
  return flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function parseBoolean(value: string | boolean): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new InvalidArgumentError('Expected true or false, or no value.');
}
