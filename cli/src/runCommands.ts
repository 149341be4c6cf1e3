import type { Environment, RunScope } from '@story-tree/runtime';
import { type Command, Option } from 'commander';
import { addNewStoryFlags, concurrencyFlag, maxCostFlag, modeFlag, sceneletsFlag, taskFlag } from './flags.ts';
import type { ProgramHost } from './programHost.ts';
import { addTaskFlags, checkTask } from './taskFlags.ts';
import { textFlag } from './texts.ts';

/** Before the database is opened, and long before anything is paid for. */
async function requireStoryFolders(environment: Environment, scope: RunScope): Promise<void> {
  const { requireStoryFolders: require } = await import('@story-tree/runtime');
  await require(environment, scope);
}

/** The commands that create stories, run workflow tasks or estimate them, with the flags of the engine. */
export const RUN_COMMANDS: Readonly<Record<string, (command: Command, host: ProgramHost) => void>> = {
  create(command, { report, withSession }) {
    addNewStoryFlags(command)
      .requiredOption('--prompt <text>', 'what the story is about')
      .action((flags) =>
        report(async (result) => {
          const { create } = await import('./commands/create.ts');
          return withSession((session) => create(session, flags, result));
        }),
      );
  },

  'run-all'(command, { readConfiguration, report, withSession }) {
    addNewStoryFlags(command)
      .option('--prompt <text>', 'what the story is about')
      .addOption(
        textFlag('--story-id <id>', 'continue this story').conflicts([
          'prompt',
          'title',
          'language',
          'audience',
          'scenelets',
        ]),
      )
      .addOption(taskFlag('--until <task>', 'the last task to run'))
      .option(
        '--overlap',
        'work on several tasks at once where they do not depend on each other: faster, with the same story',
      )
      .addOption(concurrencyFlag())
      .addOption(maxCostFlag())
      .action((flags) =>
        report(async (result) => {
          const { environment } = await readConfiguration();
          await requireStoryFolders(environment, { until: flags.until });
          const { runAll } = await import('./commands/runAll.ts');
          return withSession((session) => runAll(session, flags, result), { bars: true });
        }),
      );
  },

  'run-task'(command, { invocation, readConfiguration, report, withSession }) {
    addTaskFlags(
      command
        .addOption(taskFlag('--task <task>', 'the workflow task').makeOptionMandatory())
        .addOption(textFlag('--story-id <id>', 'the story; optional while there is only one'))
        .addOption(modeFlag())
        .addOption(concurrencyFlag())
        .addOption(maxCostFlag()),
    ).action((flags) =>
      report(async (result) => {
        const checked = checkTask(flags, invocation.folder);
        const { environment } = await readConfiguration();
        await requireStoryFolders(environment, checked);
        const { runTask } = await import('./commands/runTask.ts');
        return withSession((session) => runTask(session, flags, checked, result), { bars: true });
      }),
    );
  },

  estimate(command, { report, withSession }) {
    command
      .addOption(textFlag('--story-id <id>', 'for what this story still lacks').conflicts(['prompt', 'scenelets']))
      .addOption(textFlag('--prompt <text>', 'for a new story, as without --story-id'))
      .addOption(taskFlag('--task <task>', 'for one workflow task').conflicts(['until', 'overlap']))
      .addOption(taskFlag('--until <task>', 'for all tasks up to this one'))
      .addOption(sceneletsFlag())
      .addOption(modeFlag())
      .addOption(concurrencyFlag())
      .addOption(new Option('--overlap', 'with tasks overlapping'))
      .action((flags) =>
        report(async () => {
          const { estimate } = await import('./commands/estimate.ts');
          return withSession((session) => estimate(session, flags));
        }),
      );
  },
};
