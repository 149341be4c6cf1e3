import { z } from 'zod';
import { HIGHEST_LIMIT_USD } from '../estimate.ts';
import { displayNameSchema, newStorySchema, type StoryMode } from '../story.ts';
import { writtenText } from '../writtenText.ts';

/** The most that a person says at once, in a chat or as guidance, in characters. */
export const MAX_TURN_LENGTH = 10_000;
const TURNS = 20;
const DETAIL_LENGTH = 120;

/** What the task may spend on models, in US dollars: a call that would pass it is not begun. */
const maxCost = z.number().positive().max(HIGHEST_LIMIT_USD).optional();

/** What lists show of a task without knowing its operation. */
export interface DisplayFields {
  /** What is done, as in "Visual design". */
  title: string;
  /** What it is done with, as in the new name of a story. */
  detail?: string;
}

/** What an operation is: enough for the API to take it, for the worker to run it and for a page to show it. */
export interface OperationDefinition<Operation extends string = string, Payload = unknown> {
  operation: Operation;
  /** For people, as in "Rename story". */
  title: string;
  /** Whether it makes the story it is about, or needs one. */
  story: 'new' | 'existing';
  /** Inline operations are done when the answer comes; the others wait for a worker. */
  execution(payload: Payload): 'inline' | 'queued';
  /** Only while nobody else writes to the story. */
  exclusive: boolean;
  /** Can be cancelled only while it is queued: once started it is carried out, since half of it would be a loss. */
  isUnstoppable?: true;
  /** How often it is tried before it counts as failed, and the wait in ms before the second try, which then doubles. */
  retry: { attempts: number; backoffMs: number };
  payload: z.ZodType<Payload>;
  display(payload: Payload): DisplayFields;
}

/** Keeps the literal name and the payload's type. */
function defineOperation<Operation extends string, Payload>(
  definition: OperationDefinition<Operation, Payload>,
): OperationDefinition<Operation, Payload> {
  return definition;
}

const inline = () => 'inline' as const;
const queued = () => 'queued' as const;
const once = { attempts: 1, backoffMs: 0 };

const createStory = defineOperation({
  operation: 'CREATE_STORY',
  title: 'Create story',
  story: 'new',
  execution: ({ autoGenerate, includeInteractiveScript, runAll }) =>
    autoGenerate || includeInteractiveScript || runAll ? 'queued' : 'inline',
  exclusive: true,
  retry: once,
  payload: z.strictObject({
    ...newStorySchema.shape,
    /** Also make the constitution. */
    autoGenerate: z.boolean().optional(),
    /** Also make the script, and for that the constitution. */
    includeInteractiveScript: z.boolean().optional(),
    /** Make everything up to the playable bundle. */
    runAll: z.boolean().optional(),
    maxCost,
  }),
  display: ({ displayName: name, prompt }) => ({ title: 'Create story', detail: shortened(name ?? prompt) }),
});

const renameStory = defineOperation({
  operation: 'RENAME_STORY',
  title: 'Rename story',
  story: 'existing',
  execution: inline,
  exclusive: false,
  retry: once,
  payload: z.strictObject({ displayName: displayNameSchema }),
  display: (payload) => ({ title: 'Rename story', detail: shortened(payload.displayName) }),
});

const deleteStory = defineOperation({
  operation: 'DELETE_STORY',
  title: 'Delete story',
  story: 'existing',
  execution: queued,
  exclusive: true,
  isUnstoppable: true,
  // Files may be held open by others for a moment; what is gone already does not disturb a second try.
  retry: { attempts: 3, backoffMs: 2_000 },
  payload: z.strictObject({}),
  display: () => ({ title: 'Delete story' }),
});

const regenerateConstitution = defineOperation({
  operation: 'REGENERATE_CONSTITUTION',
  title: 'Regenerate the constitution',
  story: 'existing',
  execution: queued,
  exclusive: true,
  retry: once,
  payload: z.strictObject({ guidance: writtenText(MAX_TURN_LENGTH).optional(), maxCost }),
  display: ({ guidance }) => ({
    title: 'Regenerate the constitution',
    ...(guidance === undefined ? {} : { detail: shortened(guidance) }),
  }),
});

const constitutionChatUpdate = defineOperation({
  operation: 'CONSTITUTION_CHAT_UPDATE',
  title: 'Discuss the constitution',
  story: 'existing',
  execution: queued,
  exclusive: true,
  retry: once,
  payload: z.strictObject({ turns: z.array(writtenText(MAX_TURN_LENGTH)).min(1).max(TURNS) }),
  display: ({ turns }) => ({ title: 'Discuss the constitution', detail: shortened(turns[0] ?? '') }),
});

const runWorkflowTask = defineOperation({
  operation: 'RUN_WORKFLOW_TASK',
  title: 'Run a workflow task',
  story: 'existing',
  execution: queued,
  exclusive: true,
  retry: once,
  /** Which tasks there are, and the options of each, only their table knows: it checks both a second time. */
  payload: z.strictObject({
    task: z.string().min(1).max(100),
    options: z.record(z.string(), z.unknown()).optional(),
    maxCost,
  }),
  display: ({ task }) => ({ title: task === 'ALL' ? 'Make everything' : nameInWords(task) }),
});

const buildPlayerBundle = defineOperation({
  operation: 'BUILD_PLAYER_BUNDLE',
  title: 'Build the player bundle',
  story: 'existing',
  execution: queued,
  exclusive: true,
  retry: once,
  payload: z.strictObject({ overwrite: z.boolean().optional() }),
  display: () => ({ title: 'Build the player bundle' }),
});

const restoreConstitution = defineOperation({
  operation: 'RESTORE_CONSTITUTION',
  title: 'Restore a constitution',
  story: 'existing',
  execution: inline,
  exclusive: true,
  retry: once,
  payload: z.strictObject({ version: z.int().min(1).max(1_000_000_000) }),
  display: ({ version }) => ({ title: 'Restore a constitution', detail: `Version ${version}` }),
});

/** The one table of operations. The API, the worker and the pages are derived from it. */
export const OPERATIONS = [
  createStory,
  renameStory,
  deleteStory,
  regenerateConstitution,
  constitutionChatUpdate,
  runWorkflowTask,
  buildPlayerBundle,
  restoreConstitution,
] as const;

type Definition = (typeof OPERATIONS)[number];

/** Every operation by name. */
export type StoryTaskOperation = Definition['operation'];

/** The payload of one operation. */
export type OperationPayload<Operation extends StoryTaskOperation> = z.output<
  Extract<Definition, { operation: Operation }>['payload']
>;

/** What is asked for: an operation with a payload that fits it, and the story unless it makes one. */
export type StoryTaskRequest = {
  [Operation in StoryTaskOperation]: { operation: Operation; storyId?: string; payload: OperationPayload<Operation> };
}[StoryTaskOperation];

/** What somebody asks for, before anything of it has been checked. */
export interface UncheckedRequest {
  operation: string;
  storyId?: string | undefined;
  payload: unknown;
  /** The person's id, or `NOBODY`. */
  requestedBy: string;
  /** The same key with the same request gives the same task for a day. */
  idempotencyKey?: string | undefined;
  /** What a new story is made with, unless it is the mode of this installation. */
  mode?: StoryMode | undefined;
}

export const OPERATION_NAMES = OPERATIONS.map(({ operation }) => operation) as readonly StoryTaskOperation[];

export function isOperation(name: unknown): name is StoryTaskOperation {
  return OPERATION_NAMES.some((operation) => operation === name);
}

/** The row of the table, in the general form that fits all operations. */
export function operationDefinition(operation: StoryTaskOperation): OperationDefinition<StoryTaskOperation> {
  return OPERATIONS.find(
    (definition) => definition.operation === operation,
  ) as unknown as OperationDefinition<StoryTaskOperation>;
}

/** Those that are carried out once a worker has started them. */
export const UNSTOPPABLE_OPERATIONS: readonly StoryTaskOperation[] = OPERATION_NAMES.filter(
  (name) => operationDefinition(name).isUnstoppable,
);

function shortened(text: string): string {
  const [line = ''] = text.trim().split(/\r?\n/, 1);
  const characters = [...line];
  return characters.length <= DETAIL_LENGTH ? line : `${characters.slice(0, DETAIL_LENGTH).join('')}…`;
}

/** A name of the tables as people read it: `CREATE_AUDIO_DESIGN` as "Create audio design". */
export function nameInWords(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
