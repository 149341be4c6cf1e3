import type { TaskEvent } from '../../live/index.ts';

/** What a reader of a log wants to see. */
export const LOG_FILTERS = [
  { value: 'all', label: 'Everything' },
  { value: 'progress', label: 'Progress' },
  { value: 'notes', label: 'Notes' },
  { value: 'problems', label: 'Problems' },
] as const;

export type LogFilter = (typeof LOG_FILTERS)[number]['value'];

/** The kind of a line. */
export type LogLevel = 'progress' | 'note' | 'problem' | 'said';

/** Steps that are reported as information but matter to somebody who looks for the cause of a problem. */
const PROBLEM_STEPS: readonly string[] = ['warning', 'call-retried', 'attempt-failed'];

export function levelOf({ eventType, step }: Pick<TaskEvent, 'eventType' | 'step'>): LogLevel {
  if (eventType === 'error' || PROBLEM_STEPS.includes(step)) return 'problem';
  if (eventType === 'chat_message') return 'said';
  return eventType === 'progress' ? 'progress' : 'note';
}

/** The lines that contain every word of a search and are of the wanted kind. */
export function filterLog(events: readonly TaskEvent[], filter: LogFilter, search: string): readonly TaskEvent[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (filter === 'all' && words.length === 0) return events;
  return events.filter((event) => {
    if (!passes(levelOf(event), filter)) return false;
    const text = `${event.step} ${event.message}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function passes(level: LogLevel, filter: LogFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'progress':
      return level === 'progress';
    case 'notes':
      return level === 'note' || level === 'said';
    case 'problems':
      return level === 'problem';
    default:
      return filter satisfies never;
  }
}

/** A log as plain text, one line per event, to keep or share. */
export function logText(events: readonly TaskEvent[]): string {
  return events.map(({ createdAt, step, message }) => `${createdAt}  ${step}  ${oneLine(message)}\n`).join('');
}

function oneLine(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ⏎ ');
}
