import {
  type CallIdentity,
  type NewScenelet,
  type NewShot,
  type NewStory,
  type NewStoryTask,
  type NewStoryTaskEvent,
  NOBODY,
  type SceneletContent,
  type StagedFile,
  type StoryRepositories,
  type StoryTreeError,
} from '@story-tree/domain';
import {
  createStoryRepositories,
  createStoryTaskRun,
  createStoryTasksRepository,
  type Database,
} from '@story-tree/supabase';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../../supabase/src/schema.ts';

export const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';

/** Everything that PostgreSQL or JSON could stumble over, and how it is stored. */
export const HOSTILE_TEXT = `'; drop table stories; -- \\u0000 "\\" \u202Eabc 李小龙 🦊 $1 </script> NUL:\0 half:\uD800.`;
export const HOSTILE_TEXT_STORED = HOSTILE_TEXT.replace('\0', '\uFFFD').replace('\uD800', '\uFFFD');

export function newStory(over: Partial<NewStory> = {}): NewStory {
  return {
    displayName: 'A working title',
    namedByPerson: false,
    initialPrompt: 'A lighthouse keeper finds a door in the sea.',
    creationOptions: {},
    mode: 'stub',
    ...over,
  };
}

/** A staged file that does not exist on disk. */
export function stagedFile(path: string, over: Partial<StagedFile> = {}): StagedFile {
  return { path, sha256: 'c'.repeat(64), publish: async () => {}, discard: async () => {}, ...over };
}

export function newScenelet(label: string, over: Partial<NewScenelet> = {}): NewScenelet {
  return { label, ordinal: 0, choiceLabelFromParent: null, content: content(label), isTerminalNode: false, ...over };
}

export function content(description: string): SceneletContent {
  return { description, dialogue: [{ character: 'Ada', line: 'Look.' }], shot_suggestions: ['wide'] };
}

export function newShot(shotIndex: number, over: Partial<NewShot['storyboard']> = {}): NewShot {
  return {
    shotIndex,
    storyboard: {
      framing_and_angle: 'wide',
      composition_and_content: 'the sea',
      character_action_and_emotion: '',
      camera_dynamics: '',
      lighting_and_atmosphere: '',
      continuity_notes: '',
      referenced_designs: { characters: [], environments: [] },
      audio_and_narrative: [],
      ...over,
    },
  };
}

export function newCall(storyId: string, over: Partial<CallIdentity> = {}): CallIdentity {
  return {
    runId: crypto.randomUUID(),
    storyId,
    workflowTask: 'CREATE_AUDIO_DESIGN',
    unitKey: 'document',
    kind: 'text',
    model: 'a-model',
    requestHash: 'a'.repeat(64),
    ...over,
  };
}

export function newTask(storyId: string | null, over: Partial<NewStoryTask> = {}): NewStoryTask {
  return {
    operation: 'RUN_WORKFLOW_TASK',
    storyId,
    payload: { task: 'CREATE_AUDIO_DESIGN' },
    displayFields: { title: 'Create audio design' },
    requestedBy: NOBODY,
    exclusive: true,
    ...over,
  };
}

export function line(step: string, over: Partial<NewStoryTaskEvent> = {}): NewStoryTaskEvent {
  return { eventType: 'progress', step, message: `About ${step}.`, ...over };
}

/** Stores a story for which nothing has been generated yet. @returns its id */
export async function storeNewStory({ kysely }: Pick<Database, 'kysely'>): Promise<string> {
  const { id } = await createStoryRepositories(kysely).stories.create(newStory());
  return id;
}

/** A story of its own with a task that is queued. */
export async function queuedTask(db: Kysely<DB>) {
  const storyId = await storeNewStory({ kysely: db });
  const { task } = await createStoryTasksRepository(db).enqueue(newTask(storyId));
  return { storyId, taskId: task.id, run: createStoryTaskRun(db, task.id) };
}

/** A story of its own with a task that is running. */
export async function runningTask(db: Kysely<DB>) {
  const queued = await queuedTask(db);
  await queued.run.start(line('started'));
  return queued;
}

export const OUTCOME = {
  modelVersion: 'a-model-001',
  responseId: 'response-1',
  usage: { output: 12 },
  costUsd: 0.0125,
  latencyMs: 812.4,
  attempts: 2,
};

/** A story with its root and two choices below it. */
export async function storyWithChoices({ stories, scenelets }: StoryRepositories) {
  const story = await stories.create(newStory());
  const [root] = await scenelets.addStep(story.id, {
    parentId: null,
    choicePrompt: null,
    scenelets: [newScenelet('scenelet-1')],
  });
  if (root === undefined) throw new Error('no root');
  const [left, right] = await scenelets.addStep(story.id, {
    parentId: root.id,
    choicePrompt: 'Which way?',
    scenelets: [
      newScenelet('scenelet-2a', { ordinal: 0, choiceLabelFromParent: 'Left' }),
      newScenelet('scenelet-2b', { ordinal: 1, choiceLabelFromParent: 'Right', isTerminalNode: true }),
    ],
  });
  if (left === undefined || right === undefined) throw new Error('no choices');
  return { storyId: story.id, root, left, right };
}

/** Opens as many connections as the pool takes: otherwise what should happen at once happens one after the other. */
export async function fillPool({ kysely, pool }: Database): Promise<void> {
  await Promise.all(Array.from({ length: pool.options.max }, () => sql`select pg_sleep(0.1)`.execute(kysely)));
}

/** What a `StoryTreeError` of this code looks like to `expect(…).rejects.toMatchObject`. */
export const failure = (code: StoryTreeError['code']) => ({ name: 'StoryTreeError', code });
