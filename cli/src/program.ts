import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { ProgramHost } from './programHost.ts';
import { idArgument, textFlag } from './texts.ts';

/** Each loads what only it needs when it runs, and flags that need the engine when it is asked for. */
type Define = (command: Command, host: ProgramHost) => void | Promise<void>;

/** The command line as commander knows it. Only the commands that the arguments name are complete. */
export async function createProgram(args: readonly string[], host: ProgramHost): Promise<Command> {
  const program = new Command('story-tree')
    .description('Turns a prompt into an illustrated, voiced, branching story that plays from one page.')
    .version(manifest.version, '--version', 'print the version')
    .option('--json', 'print one JSON object on stdout, everything else on stderr')
    .option('--verbose', 'show full requests (without binary data) and stacks')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help lists the commands and options)')
    .allowExcessArguments(false);

  for (const [name, about, define] of COMMANDS) {
    const command = program.command(name).description(about);
    if (args.includes(name)) await define(command, host);
  }
  return program;
}

/** The flags of these come from the engine. */
const ofRuns: Define = async (command, host) => {
  const { RUN_COMMANDS } = await import('./runCommands.ts');
  RUN_COMMANDS[command.name()]?.(command, host);
};

const stories: Define = (command, { report, withSession }) => {
  command
    .command('list')
    .description('list all stories, newest first')
    .action(() =>
      report(async () => {
        const { listStories } = await import('./commands/listStories.ts');
        return withSession(listStories);
      }),
    );
  command
    .command('show')
    .addArgument(idArgument())
    .description('show what there is of a story so far, and what it cost')
    .action((id: string) =>
      report(async () => {
        const { showStory } = await import('./commands/showStory.ts');
        return withSession((session) => showStory(session, id));
      }),
    );
  command
    .command('delete')
    .addArgument(idArgument())
    .description('delete a story with everything in it, after asking')
    .option('--yes', 'do not ask')
    .action((id: string, { yes = false }) =>
      report(async () => {
        const { deleteStory } = await import('./commands/deleteStory.ts');
        return withSession((session) => deleteStory(session, id, yes));
      }),
    );
};

const tasks: Define = (command, { report, withSession }) => {
  command
    .command('list')
    .description('list active tasks, then ended ones, newest first')
    .addOption(textFlag('--story-id <id>', 'only tasks of this story'))
    .option('--active', 'only active tasks')
    .action((flags) =>
      report(async () => {
        const { listTasks } = await import('./commands/tasks.ts');
        return withSession((session) => listTasks(session, flags));
      }),
    );
  command
    .command('show')
    .addArgument(idArgument())
    .description('show a task and its log')
    .action((id: string) =>
      report(async () => {
        const { showTask } = await import('./commands/tasks.ts');
        return withSession((session) => showTask(session, id));
      }),
    );
  command
    .command('watch')
    .addArgument(idArgument())
    .description('follow a task until it ends; exits with 0 if it succeeded, 1 if it failed, 130 if it was cancelled')
    .action((id: string) =>
      report(async (result) => {
        const { watchTask } = await import('./commands/watchTask.ts');
        return withSession((session) => watchTask(session, id, result), { bars: true });
      }),
    );
  command
    .command('cancel')
    .addArgument(idArgument())
    .description('cancel a queued task, or ask a running one to stop')
    .action((id: string) =>
      report(async () => {
        const { cancelTask } = await import('./commands/cancelTask.ts');
        return withSession((session) => cancelTask(session, id));
      }),
    );
};

const doctor: Define = (command, { invocation, readConfiguration, report, signal }) => {
  command.action(() =>
    report(async () => {
      const { doctor: examine } = await import('./commands/doctor.ts');
      return examine(await readConfiguration(), invocation.folder, signal);
    }),
  );
};

const reset: Define = (command, { readConfiguration, report, signal }) => {
  command.option('--yes', 'do not ask').action(({ yes = false }) =>
    report(async () => {
      const { reset: remove } = await import('./commands/reset.ts');
      const { environment } = await readConfiguration();
      return remove(environment, { assumeYes: yes, signal });
    }),
  );
};

const COMMANDS: readonly [name: string, about: string, define: Define][] = [
  ['create', 'create a story from a prompt and print its id', ofRuns],
  ['run-all', 'run all workflow tasks, up to the playable bundle', ofRuns],
  ['run-task', 'run one workflow task', ofRuns],
  ['estimate', 'estimate the calls, money and time that a run takes, without running it', ofRuns],
  ['stories', 'list, show or delete stories', stories],
  ['tasks', 'list, show, watch or cancel story tasks', tasks],
  ['doctor', 'check the configuration and everything it points to, and say what to do', doctor],
  ['reset', 'remove the embedded database and the stories, after a backup', reset],
];
