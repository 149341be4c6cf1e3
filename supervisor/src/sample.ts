import { hasEnded, type StoryTask, type StoryTaskFeed, type StoryTasksRepository } from '@story-tree/domain';
import { coloured, defaultMode, type Environment, explained, oneLine } from '@story-tree/runtime';
import { createStoryTasks, followTask, openStoryTaskQueue } from '@story-tree/story-tasks';
import { createStoryTasksRepository, type Database, openStoryTaskFeed } from '@story-tree/supabase';
import { sampleTask } from './sampleTask.ts';
import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 24;
/** Without a terminal to draw on, a line tells each of these steps, in percent. */
const STEP = 10;

export interface SampleOptions {
  environment: Environment;
  database: Database;
  terminal: Terminal;
  /** Where the app listens. */
  url: string;
  /** The last event of any task before this start began. */
  begunAfter: string;
  /** Stops the watching; the task itself goes on, now or after the next start. */
  signal: AbortSignal;
}

/**
 * Has the sample story made on the first start and shows how that goes. Never fails: what goes wrong is told, and Story
 * Tree works without a sample.
 */
export async function makeSample(options: SampleOptions): Promise<void> {
  const { terminal, signal, url } = options;
  try {
    const task = await makeAndWatch(options);
    if (task !== null && !signal.aborted) terminal.answer(outcome(task, url));
  } catch (thrown) {
    if (signal.aborted) return;
    terminal.line(`The sample story cannot be shown here: ${explained(thrown)}`);
  }
}

async function makeAndWatch(options: SampleOptions): Promise<StoryTask | null> {
  const { environment, database, terminal, begunAfter, signal } = options;
  const tasks = createStoryTasksRepository(database.kysely);
  const log = (level: string, message: string) => {
    if (level === 'warn' || level === 'error') terminal.line(message);
  };
  const queue = await openStoryTaskQueue({ environment, database, log });
  try {
    const storyTasks = createStoryTasks({
      tasks,
      queue,
      mode: defaultMode(environment),
      log,
    });
    const task = await sampleTask({ database, tasks, storyTasks, begunAfter });
    if (task === null) return null;
    const feed = await openStoryTaskFeed({ database, log: terminal.line });
    try {
      return await showProgress({ task, tasks, feed, terminal, signal });
    } finally {
      await feed.close();
    }
  } finally {
    await queue.close();
  }
}

function outcome({ status, storyId, error }: StoryTask, url: string): string {
  if (status === 'succeeded') return `The sample story plays at ${url}/story/${storyId}/player`;
  if (status === 'cancelled') return 'The sample story was cancelled.';
  return `The sample story could not be made: ${error?.message ?? 'the reason is unknown.'} The next start tries again.`;
}

interface ProgressOptions {
  task: StoryTask;
  tasks: StoryTasksRepository;
  feed: StoryTaskFeed;
  terminal: Terminal;
  signal: AbortSignal;
}

/** Shows how far the sample story is: a bar on a terminal, lines elsewhere. @returns the task as it ended, or as it is */
async function showProgress({ task, tasks, feed, terminal, signal }: ProgressOptions): Promise<StoryTask> {
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
