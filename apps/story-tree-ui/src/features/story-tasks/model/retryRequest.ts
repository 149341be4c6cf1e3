import type { StoryTaskRequest } from '@story-tree/domain';
import type { TaskDetail } from '../../../wire/index.ts';
import type { TaskEvent } from '../../live/index.ts';

type Payload = TaskDetail['payload'];

const MODES: readonly string[] = ['resume', 'override', 'cascade'];

/**
 * When these are regenerated, they are cleared before the first part is made: what is missing afterwards is what was
 * not made.
 */
const CLEARED_FIRST: readonly string[] = [
  'CREATE_INTERACTIVE_SCRIPT',
  'CREATE_VISUAL_DESIGN',
  'CREATE_AUDIO_DESIGN',
  'CREATE_SHOT_PRODUCTION',
];

/**
 * The request that continues a task which failed or was cancelled: the same again, keeping what was finished wherever
 * that can be told apart. Null when there is nothing to continue.
 * @param events newest first
 */
export function retryRequest(
  { operation, storyId, payload }: Pick<TaskDetail, 'operation' | 'storyId' | 'payload'>,
  events: readonly TaskEvent[],
): StoryTaskRequest | null {
  if (storyId === null) return null;
  // The server checked the payload when it was requested, and checks it again.
  const again = (request: { operation: string; payload: unknown }) => ({ ...(request as StoryTaskRequest), storyId });
  switch (operation) {
    case 'CREATE_STORY':
      // The story itself exists: requesting another one would leave this one behind.
      return again({
        operation: 'RUN_WORKFLOW_TASK',
        payload: { ...restOfCreation(payload, events), ...limit(payload) },
      });
    case 'RUN_WORKFLOW_TASK':
      return again({ operation, payload: { ...resumed(payload), ...limit(payload) } });
    case 'BUILD_PLAYER_BUNDLE':
      return again({ operation, payload: { overwrite: true } });
    default:
      return again({ operation, payload });
  }
}

/** It may cost no more than before. */
function limit({ maxCost }: Payload): Payload {
  return maxCost === undefined ? {} : { maxCost };
}

function restOfCreation({ runAll, includeInteractiveScript }: Payload, events: readonly TaskEvent[]): Payload {
  if (runAll) return { task: 'ALL' };
  const hasConstitution = events.some(
    ({ step, payload }) =>
      payload?.task === 'CREATE_INTERACTIVE_SCRIPT' ||
      (payload?.task === 'CREATE_CONSTITUTION' && (step === 'task-done' || step === 'task-skipped')),
  );
  const task = includeInteractiveScript && hasConstitution ? 'CREATE_INTERACTIVE_SCRIPT' : 'CREATE_CONSTITUTION';
  return { task, options: { resume: true } };
}

/**
 * A task that was replacing one thing after the other has to go through all of them again: the old ones still exist.
 */
function resumed({ task, options = {} }: Payload): Payload {
  if (task === 'ALL') return { task };
  const given = options as Readonly<Record<string, unknown>>;
  const isAboutAll = Object.keys(given).every((name) => MODES.includes(name));
  const isReplacing = given.override === true && !CLEARED_FIRST.includes(String(task));
  return { task, options: isAboutAll && !isReplacing ? { resume: true } : given };
}
