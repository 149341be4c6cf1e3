import { type AnyTask, flagOf, optionSchemas, WORKFLOW_TASKS } from '@story-tree/agent-backend';
import { StoryTreeError } from '@story-tree/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';

/** A flag of the command line, made from an option of one or more tasks. */
interface TaskFlag {
  /** As in `--scenelet-id`. */
  flag: string;
  key: string;
  isBoolean: boolean;
  description: string;
  tasks: string[];
}

/** The older name of `--resume` for the script; people's own scripts may still use it. */
const SCRIPT_RESUME_FLAG = '--resume-interactive-script';
const SCRIPT_TASK = 'CREATE_INTERACTIVE_SCRIPT';

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

/**
 * The options of a task from the flags given.
 * @throws StoryTreeError `usage` for a flag that the task does not have, or flags that contradict each other
 */
export function taskOptions(definition: AnyTask, flags: Readonly<Record<string, unknown>>): object {
  const options: Record<string, unknown> = {};
  for (const { flag, key, tasks } of TASK_FLAGS) {
    const value = flags[camelCase(flag)];
    if (value === undefined) continue;
    if (!tasks.includes(definition.task)) {
      throw new StoryTreeError(
        'usage',
        `${flag} is not an option of ${definition.task}; it belongs to ${tasks.join(', ')}.`,
      );
    }
    options[key] = value;
  }
  if (flags[camelCase(SCRIPT_RESUME_FLAG)] === true) options.resume = scriptResume(definition);
  return parsed(definition, options);
}

function scriptResume(definition: AnyTask): true {
  if (definition.task === SCRIPT_TASK) return true;
  throw new StoryTreeError('usage', `${SCRIPT_RESUME_FLAG} belongs to ${SCRIPT_TASK} only; use --resume.`);
}

function parsed(definition: AnyTask, options: object): object {
  const result = definition.options.safeParse(options);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const flag = TASK_FLAGS.find(({ key }) => key === issue?.path[0])?.flag;
  throw new StoryTreeError('usage', flag ? `${flag}: ${issue?.message}.` : (issue?.message ?? 'Wrong options.'));
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
    description: schema.description ?? '',
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
