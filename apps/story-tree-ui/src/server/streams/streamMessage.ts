import type { FeedMessage } from '@story-tree/domain';
import type { DeltaMessage, TaskMessage } from '../../wire/index.ts';
import { summary } from '../tasks/taskReading.ts';
import { wire } from '../wire.ts';

/** A message as `text/event-stream` has it. Only what is stored has an id, so that nobody resumes from a draft. */
export function streamMessage(message: FeedMessage): string {
  if (message.kind === 'delta') {
    const data: DeltaMessage = message.draft;
    return `event: delta\ndata: ${JSON.stringify(data)}\n\n`;
  }
  const data: TaskMessage = { task: summary(message.task), event: wire(message.event) };
  return `id: ${message.cursor}\nevent: task\ndata: ${JSON.stringify(data)}\n\n`;
}
