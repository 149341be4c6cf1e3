import type { ModelSlots } from '@story-tree/agent-backend';
import type { Log, StoryLeases, StoryRepositories, StoryTask, StoryTasksRepository } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import type { Database } from '@story-tree/supabase';
import type { OperationContext, OperationResult } from '../operations/operation.ts';
import type { RunningTasks } from './runningTasks.ts';

/** Does what a task asks for. */
export type RunOperation = (task: StoryTask, context: OperationContext) => Promise<OperationResult>;

/** What the parts of a worker share. */
export interface WorkerContext {
  environment: Environment;
  database: Database;
  tasks: StoryTasksRepository;
  stories: StoryRepositories['stories'];
  leases: StoryLeases;
  /** How long a task and its story stay with a worker that no longer renews them, in milliseconds. */
  lockMs: number;
  running: RunningTasks;
  /** Of the whole process: its tasks share them. */
  slots: ModelSlots;
  runOperation: RunOperation;
  log: Log;
  /** Hides secrets in what tasks say of their failures. */
  redact(text: string): string;
}

/** For BullMQ's `maxStalledCount`: a worker that was killed means "again", however often. */
export const AS_OFTEN_AS_NEEDED = 1_000_000;
