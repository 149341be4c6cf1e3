import {
  type AgentWorkflowOptions,
  DEFAULT_SCRIPT_LIMITS,
  ModelSlots,
  type Models,
  type ProgressEvent,
  resumeStoryWorkflow,
  type StoryWorkflow,
  slotCounts,
  type WorkflowDependencies,
} from '@story-tree/agent-backend';
import { type ModelScript, type ScriptedModels, scriptedModels } from '@story-tree/agent-backend/testing';
import { type LogLevel, type StoryState, StoryTreeError } from '@story-tree/domain';
import { createMemoryStory, type MemoryStory } from './memoryStory.ts';

export interface LogLine {
  level: LogLevel;
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** A workflow over a story in memory, with all that can be seen of it from outside. */
export interface WorkflowRig extends MemoryStory {
  models: ScriptedModels;
  dependencies: WorkflowDependencies;
  logged: LogLine[];
  progress: ProgressEvent[];
  /** The handle; `given` adds task options and runners, or replaces dependencies. */
  workflow(given?: Partial<AgentWorkflowOptions>): Promise<StoryWorkflow>;
}

/** A rig for what is stored of a story, whose models answer by the script. */
export function workflowRig(
  state: StoryState,
  script: ModelScript = {},
  memory = createMemoryStory(state),
): WorkflowRig {
  const models = scriptedModels(script);
  const logged: LogLine[] = [];
  const progress: ProgressEvent[] = [];
  const dependencies: WorkflowDependencies = {
    ...memory,
    models,
    settings: {
      script: DEFAULT_SCRIPT_LIMITS,
      maxReferenceImages: 14,
      outputRoot: '/memory/output',
      playerTemplate: '/memory/player.html',
    },
    slots: new ModelSlots(slotCounts(4)),
    runId: 'run-1',
    signal: new AbortController().signal,
    now: () => new Date('2026-11-20T10:00:00Z'),
    log: (level, message, fields = {}) => logged.push({ level, message, fields }),
    onProgress: (event) => progress.push(event),
  };
  return {
    ...memory,
    models,
    dependencies,
    logged,
    progress,
    workflow: (given) => resumeStoryWorkflow(state.story.id, { ...dependencies, ...given }),
  };
}

/** A script that answers as other models do, such as the stub. */
export function textOf(models: Models): ModelScript {
  return { text: async (request, context) => (await models.text(request, context)).text };
}

/** What a rejected promise was rejected with, which must be the one error type. */
export async function failureOf(promise: Promise<unknown>): Promise<StoryTreeError> {
  const outcome = await promise.then(
    () => 'nothing',
    (error: unknown) => error,
  );
  if (outcome instanceof StoryTreeError) return outcome;
  throw new Error(`expected a StoryTreeError, got ${String(outcome)}`, { cause: outcome });
}
