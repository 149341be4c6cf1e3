import { WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import { HIGHEST_LIMIT_USD, STORY_MODES } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import { Command, InvalidArgumentError, Option } from 'commander';
import { create } from './commands/create.ts';
import { doctor } from './commands/doctor.ts';
import { estimate } from './commands/estimate.ts';
import { reset } from './commands/reset.ts';
import { runAll } from './commands/runAll.ts';
import { checkTask, runTask } from './commands/runTask.ts';
import { deleteStory, listStories, showStory } from './commands/stories.ts';
import { cancelTask, listTasks, showTask } from './commands/tasks.ts';
import { watchTask } from './commands/watchTask.ts';
import type { CommandOutcome, CommandResult } from './output.ts';
import type { Session } from './session.ts';
import { addTaskFlags } from './taskFlags.ts';

/** What the entry point lends the commands. */
export interface ProgramHost {
  environment: Environment;
  signal: AbortSignal;
  withSession<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Prints what a command did. The command fills `result` as it goes, so that a failure still shows how far it got. */
  report(run: (result: CommandResult) => Promise<CommandOutcome>): Promise<void>;
}

/** The command line as commander knows it. */
export function createProgram(host: ProgramHost): Command {
  const { environment, signal, report, withSession } = host;
  const program = new Command('story-tree')
    .description('Turns a prompt into an illustrated, voiced, branching story that plays from one page.')
    .option('--json', 'print one JSON object on stdout, everything else on stderr')
    .option('--verbose', 'show full requests (without binary data) and stacks')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help lists the commands and options)')
    .allowExcessArguments(false);

  creationOptions(program.command('create').description('create a story from a prompt and print its id'))
    .requiredOption('--prompt <text>', 'what the story is about')
    .action((flags) => report((result) => withSession((session) => create(session, flags, result))));

  creationOptions(program.command('run-all').description('run all workflow tasks, up to the playable bundle'))
    .option('--prompt <text>', 'what the story is about')
    .addOption(
      new Option('--story-id <id>', 'continue this story').conflicts([
        'prompt',
        'title',
        'language',
        'audience',
        'scenelets',
      ]),
    )
    .addOption(new Option('--until <task>', 'the last task to run').choices(WORKFLOW_TASK_NAMES))
    .option(
      '--overlap',
      'work on several tasks at once where they do not depend on each other: faster, with the same story',
    )
    .addOption(concurrencyOption())
    .addOption(maxCostOption())
    .action((flags) => report((result) => withSession((session) => runAll(session, flags, result))));

  addTaskFlags(
    program
      .command('run-task')
      .description('run one workflow task')
      .requiredOption('--task <task>', `one of ${WORKFLOW_TASK_NAMES.join(', ')}`)
      .option('--story-id <id>', 'the story; optional while there is only one')
      .addOption(modeOption())
      .addOption(concurrencyOption())
      .addOption(maxCostOption()),
  ).action((flags) =>
    report((result) => {
      const checked = checkTask(flags);
      return withSession((session) => runTask(session, flags, checked, result));
    }),
  );

  program
    .command('estimate')
    .description('estimate the calls, money and time that a run takes, without running it')
    .addOption(new Option('--story-id <id>', 'for what this story still lacks').conflicts(['prompt', 'scenelets']))
    .option('--prompt <text>', 'for a new story, as without --story-id')
    .addOption(new Option('--task <task>', 'for one workflow task').choices(WORKFLOW_TASK_NAMES).conflicts('until'))
    .addOption(new Option('--until <task>', 'for all tasks up to this one').choices(WORKFLOW_TASK_NAMES))
    .addOption(sceneletsOption())
    .addOption(modeOption())
    .addOption(concurrencyOption())
    .option('--overlap', 'with tasks overlapping')
    .action((flags) => report(() => withSession((session) => estimate(session, flags))));

  const stories = program.command('stories').description('list, show or delete stories');
  stories
    .command('list')
    .description('list all stories, newest first')
    .action(() => report(() => withSession(listStories)));
  stories
    .command('show <id>')
    .description('show what there is of a story so far, and what it cost')
    .action((id: string) => report(() => withSession((session) => showStory(session, id))));
  stories
    .command('delete <id>')
    .description('delete a story with everything in it, after asking')
    .option('--yes', 'do not ask')
    .action((id: string, { yes = false }) => report(() => withSession((session) => deleteStory(session, id, yes))));

  addTaskCommands(program.command('tasks').description('list, show, watch or cancel story tasks'), host);

  program
    .command('doctor')
    .description('check the configuration and everything it points to, and say what to do')
    .action(() => report(() => doctor(environment, signal)));
  program
    .command('reset')
    .description('remove the embedded database and the stories, after a backup')
    .option('--yes', 'do not ask')
    .action(({ yes = false }) => report(() => reset(environment, yes)));

  return program;
}

function addTaskCommands(tasks: Command, { report, withSession }: ProgramHost): void {
  tasks
    .command('list')
    .description('list active tasks, then ended ones, newest first')
    .option('--story-id <id>', 'only tasks of this story')
    .option('--active', 'only active tasks')
    .action((flags) => report(() => withSession((session) => listTasks(session, flags))));
  tasks
    .command('show <id>')
    .description('show a task and its log')
    .action((id: string) => report(() => withSession((session) => showTask(session, id))));
  tasks
    .command('watch <id>')
    .description('follow a task until it ends; exits with 0 if it succeeded, 1 if it failed, 130 if it was cancelled')
    .action((id: string) => report((result) => withSession((session) => watchTask(session, id, result))));
  tasks
    .command('cancel <id>')
    .description('cancel a queued task, or ask a running one to stop')
    .action((id: string) => report(() => withSession((session) => cancelTask(session, id))));
}

function creationOptions(command: Command): Command {
  return command
    .option('--title <name>', 'the name of the story; by default the title in its constitution')
    .option('--language <language>', 'the language to tell it in')
    .option('--audience <audience>', 'who it is for')
    .addOption(sceneletsOption())
    .addOption(modeOption());
}

function sceneletsOption(): Option {
  return new Option('--scenelets <n>', 'the number of scenelets on a path from the start to an ending').argParser(
    wholeNumber,
  );
}

function maxCostOption(): Option {
  const help = 'do not start a call that could take the spending of this command above this amount, in US dollars';
  return new Option('--max-cost <usd>', help).argParser(amount);
}

function modeOption(): Option {
  return new Option('--mode <mode>', 'real models or the stub; by default real where GEMINI_API_KEY is set').choices(
    STORY_MODES,
  );
}

function concurrencyOption(): Option {
  const help = 'how many calls of each kind run at once (default: 4; speech: 1, in order)';
  return new Option('--concurrency <n>', help).argParser(wholeNumber);
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 1 && number <= 1_000) return number;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1000.');
}

function amount(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number > 0 && number <= HIGHEST_LIMIT_USD) return number;
  throw new InvalidArgumentError(`Expected an amount in US dollars above 0, up to ${HIGHEST_LIMIT_USD}.`);
}
