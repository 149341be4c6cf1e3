import { hasEnded, type StoryTask, type StoryTaskFeed, type StoryTasksRepository } from '@story-tree/domain';
import { coloured, oneLine } from '@story-tree/runtime';
import { followTask } from '@story-tree/story-tasks';
import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 24;
/** Without a terminal to draw on, a line tells each of these steps, in percent. */
const STEP = 10;

export interface ProgressOptions {
  task: StoryTask;
  tasks: StoryTasksRepository;
  feed: StoryTaskFeed;
  terminal: Terminal;
  signal: AbortSignal;
}

/** Shows how far the sample story is: a bar on a terminal, lines elsewhere. @returns the task as it ended, or as it is */
export async function showProgress({ task, tasks, feed, terminal, signal }: ProgressOptions): Promise<StoryTask> {
  const after = await tasks.cursor();
  let latest = (await tasks.get(task.id)) ?? task;
  let told = -STEP;
  const show = ({ progress }: StoryTask, said: string) => {
    const message = oneLine(said);
    if (terminal.moves) return terminal.status(`${bar(progress)} ${String(progress).padStart(3)} %  ${message}`);
    if (progress < told + STEP) return;
    told = progress - (progress % STEP);
    terminal.line(`Sample story: ${progress} % (${message})`);
  };
  if (hasEnded(latest.status)) return latest;
  show(latest, 'The sample story is being made');
  try {
    for await (const message of followTask({ tasks, feed, taskId: task.id, after, signal })) {
      latest = message.task;
      if (!hasEnded(latest.status)) show(latest, message.event.message);
    }
    return latest;
  } finally {
    terminal.status(null);
  }
}

function bar(progress: number): string {
  const filled = Math.round((progress / 100) * BAR_WIDTH);
  return `Sample story ${coloured('cyan', '█'.repeat(filled))}${'░'.repeat(BAR_WIDTH - filled)}`;
}
