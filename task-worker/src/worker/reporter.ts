import { type ProgressEvent, WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import type { NewStoryTaskEvent, StoryTask, StoryTaskEventType, StoryTaskRun } from '@story-tree/domain';
import type { OperationContext } from '../operations/operation.ts';
import { createLatestSender } from './latestSender.ts';

/** Writes down what happens while an operation runs. */
export interface TaskReporter extends Pick<OperationContext, 'record' | 'draft'> {
  onProgress(event: ProgressEvent): void;
  /** Resolved when all that was reported is stored. @throws StoryTreeError what kept it from being stored */
  flush(): Promise<void>;
  /** The first line, if it is not under way yet: for whoever writes the last one to put in front of it. */
  unsent(): NewStoryTaskEvent[];
}

export interface ReporterOptions {
  task: StoryTask;
  run: Pick<StoryTaskRun, 'record' | 'draft'>;
  /** Begins the log. Stored with what comes next, and by itself when nothing comes soon: the work need not wait for it. */
  first: NewStoryTaskEvent;
  /** Told the task's percent whenever it may have risen. */
  onPercent(percent: number): void;
  /** Told once that something could not be stored; nothing is, from then on. */
  onFailure(error: unknown): void;
}

type Draft = Parameters<OperationContext['draft']>[0];

const DRAFT_EVERY_MS = 100;
/** How long the first line waits for company. */
const FIRST_MS = 20;

/** One statement at a time, in order: whatever comes up during one goes with the next. */
export function createReporter({ task, run, first, onPercent, onFailure }: ReporterOptions): TaskReporter {
  const percent = createProgressScale(task);
  const drafts = createLatestSender((draft: Draft) => run.draft(draft), DRAFT_EVERY_MS);
  let pending: NewStoryTaskEvent[] = [];
  let writing: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;
  let opening = [first];
  const alone = setTimeout(() => push([]), FIRST_MS);

  function unsent(): NewStoryTaskEvent[] {
    clearTimeout(alone);
    const lines = opening;
    opening = [];
    return lines;
  }

  async function write(): Promise<void> {
    try {
      while (pending.length > 0) {
        const batch = pending;
        pending = [];
        // A draft that comes after the turn it belongs to would stay.
        if (batch.some(({ eventType }) => eventType === 'chat_message')) await drafts.drop();
        onPercent((await run.record(batch)).progress);
      }
    } catch (error) {
      failure = { error };
      onFailure(error);
    } finally {
      writing = undefined;
    }
  }

  function push(events: readonly NewStoryTaskEvent[]): void {
    if (failure !== undefined) return;
    pending.push(...unsent(), ...events);
    if (pending.length > 0) writing ??= write();
  }

  async function flush(): Promise<void> {
    while (writing !== undefined) await writing;
    if (failure !== undefined) throw failure.error;
  }

  return {
    onProgress: (event) => push([eventOf(event, percent(event))]),
    async record(...events) {
      push(events);
      await flush();
    },
    draft: (draft) => drafts.show(draft),
    async flush() {
      await drafts.drop();
      await flush();
    },
    unsent,
  };
}

const EVENT_TYPES: Readonly<Record<ProgressEvent['kind'], StoryTaskEventType>> = {
  'task-started': 'progress',
  'task-done': 'progress',
  'task-skipped': 'progress',
  'call-started': 'progress',
  'call-replayed': 'info',
  'call-retried': 'info',
  'unit-done': 'progress',
  warning: 'info',
};

function eventOf(event: ProgressEvent, percent: number): NewStoryTaskEvent {
  const { kind, task, unit, message, completed, total } = event;
  return {
    eventType: EVENT_TYPES[kind],
    step: kind,
    message,
    payload: { task, unit, completed, total },
    progress: percent,
  };
}

/** Only the end itself is 100. */
const ALMOST = 99;

/**
 * Turns the progress of workflow tasks into the percent of a story task, which never falls: all workflow tasks that it
 * goes through weigh the same, in whatever order or side by side.
 */
export function createProgressScale(task: Pick<StoryTask, 'operation' | 'payload'>): (event: ProgressEvent) => number {
  const stages = Math.max(1, stagesOf(task).length);
  const shares = new Map<string, number>();
  let reached = 0;
  return (event) => {
    shares.set(event.task, shareOf(event));
    const done = shares.values().reduce((sum, share) => sum + share, 0);
    reached = Math.max(reached, Math.min(ALMOST, Math.floor((done / stages) * 100)));
    return reached;
  };
}

function shareOf({ kind, completed, total, share }: ProgressEvent): number {
  if (kind === 'task-done' || kind === 'task-skipped') return 1;
  return share ?? (total === 0 ? 0 : completed / total);
}

/** The workflow tasks ahead, in their order; none when there is but one. */
function stagesOf({ operation, payload }: Pick<StoryTask, 'operation' | 'payload'>): readonly string[] {
  if (operation === 'RUN_WORKFLOW_TASK' && payload.task === 'ALL') return WORKFLOW_TASK_NAMES;
  if (operation !== 'CREATE_STORY') return [];
  if (payload.runAll) return WORKFLOW_TASK_NAMES;
  return payload.includeInteractiveScript ? ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT'] : [];
}
