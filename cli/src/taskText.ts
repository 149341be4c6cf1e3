import type { StoryTask, StoryTaskEvent, StoryTaskStatus } from '@story-tree/domain';
import { coloured, oneLine } from '@story-tree/runtime/terminalText';
import type { ListEntry } from './lists.ts';

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

/** What a list shows of a task: status, progress, age, what it does, and the story it is about. */
export function taskEntry(task: StoryTask, storyName: string | null, now: Date): ListEntry {
  const { id, status, progress, createdAt, storyId } = task;
  const title = taskTitle(task);
  const story = oneLine(storyName ?? (storyId === null ? '' : 'a deleted story'));
  return {
    id,
    facts: [
      { text: shownStatus(task), colour: COLOURS[status] },
      { text: `${progress} %` },
      { text: ageText(now.getTime() - createdAt.getTime()) },
    ],
    title,
    // A new story is named after its prompt, which the title tells already.
    note: title.endsWith(story) ? '' : story,
  };
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
