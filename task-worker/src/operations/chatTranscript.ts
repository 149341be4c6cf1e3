import { chatMessageOf } from '@story-tree/agent-backend';
import type { ChatMessagePayload, ChatRole, StoryTaskEvent } from '@story-tree/domain';
import type { OperationContext } from './operation.ts';

/** What is said in one task, as its log keeps it. */
export interface ChatTranscript {
  /** Appends a message unless it is there already. */
  add(role: ChatRole, turn: number, text: string): Promise<void>;
}

/** @param log the turns of the story so far, those of an earlier run of this task among them */
export function createTranscript(
  { task, record }: Pick<OperationContext, 'task' | 'record'>,
  log: readonly StoryTaskEvent[],
  turns: number,
): ChatTranscript {
  const said = new Set(
    log
      .filter((event) => event.taskId === task.id)
      .map(chatMessageOf)
      .flatMap((message) => (message === null ? [] : key(message))),
  );
  return {
    async add(role, turn, text) {
      const payload: ChatMessagePayload = { role, turn };
      if (said.has(key(payload))) return;
      // The last step of all is what keeps the outcome.
      const progress = Math.floor((100 * (role === 'model' ? turn : turn - 1)) / (turns + 1));
      await record({ eventType: 'chat_message', step: 'chat', message: text, payload: { ...payload }, progress });
    },
  };
}

const key = ({ role, turn }: ChatMessagePayload) => `${role}/${turn}`;
