import type { StoryTask, StoryTaskEvent, StoryTaskStatus } from '@story-tree/domain';
import { coloured, oneLine } from '@story-tree/runtime';

const TITLE_WIDTH = 48;
const AGE_UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

const COLOURS = {
  queued: 'dim',
  running: 'cyan',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'yellow',
} as const satisfies Record<StoryTaskStatus, string>;

/** What a task does, and with what, in one line. */
export function taskTitle({ displayFields: { title, detail } }: StoryTask): string {
  return oneLine(detail === undefined ? title : `${title}: ${detail}`);
}

/** Status, progress, operation, age and id of each task, one to a line. */
export function taskTable(tasks: readonly StoryTask[], now: Date): string[] {
  return tasks.map((task) => {
    const title = shortened(taskTitle(task), TITLE_WIDTH).padEnd(TITLE_WIDTH);
    const age = ageText(now.getTime() - task.createdAt.getTime());
    return `${statusText(task)} ${String(task.progress).padStart(3)} %  ${title}  ${age.padStart(6)}  ${task.id}`;
  });
}

/** A status in its colour, padded to the longest. */
function statusText(task: StoryTask): string {
  return coloured(COLOURS[task.status], shownStatus(task).padEnd(9));
}

/** A running task says if it was asked to stop, or has lost its worker. */
function shownStatus({ status, cancelRequestedAt, stalledAt }: StoryTask): string {
  if (status !== 'running') return status;
  if (stalledAt !== null) return 'stalled';
  return cancelRequestedAt === null ? 'running' : 'stopping';
}

/** One line of a task's log, with the time of day where this machine is. */
export function eventText({ createdAt, eventType, message, payload }: StoryTaskEvent): string {
  const time = createdAt.toTimeString().slice(0, 8);
  const text = eventType === 'chat_message' ? `${chatRole(payload)}: ${message}` : message;
  return `${coloured('dim', time)}  ${eventType === 'error' ? coloured('red', text) : text}`;
}

function chatRole(payload: StoryTaskEvent['payload']): string {
  return payload?.role === 'user' ? 'You' : 'Model';
}

/** As in "3 min": the largest unit of which there is one. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const unit = AGE_UNITS.find((candidate) => seconds >= candidate.seconds) ?? AGE_UNITS[3];
  return `${Math.floor(seconds / unit.seconds)} ${unit.name}`;
}

function shortened(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
