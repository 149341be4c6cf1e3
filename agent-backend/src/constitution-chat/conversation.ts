import type { ChatMessagePayload, ChatRole, StoryTaskEvent } from '@story-tree/domain';
import { fenced, section } from '../prompting/userContent.ts';

/** One message of the conversation. */
export interface ChatLine {
  role: ChatRole;
  text: string;
}

/** A person's turn and the answer to it. */
export interface ChatExchange {
  user: string;
  model: string;
}

/** The most exchanges that a request repeats: earlier ones are reflected in the constitution itself. */
const MAX_EXCHANGES = 30;

/** The role and turn of a chat message in a story task's log, or null for any other event. */
export function chatMessageOf({ eventType, payload }: StoryTaskEvent): ChatMessagePayload | null {
  const { role, turn } = payload ?? {};
  if (eventType !== 'chat_message' || typeof turn !== 'number') return null;
  return role === 'user' || role === 'model' ? { role, turn } : null;
}

/**
 * The answered turns of other tasks, oldest first; turns left without an answer are skipped.
 * @param taskId the task whose own turns are left out
 * @param log the chat events of the story, oldest first
 */
export function exchangesBefore(taskId: string, log: readonly StoryTaskEvent[]): ChatExchange[] {
  const asked = new Map<string, string>();
  const exchanges: ChatExchange[] = [];
  for (const event of log) {
    const message = chatMessageOf(event);
    if (message === null || event.taskId === taskId) continue;
    const key = `${event.taskId}/${message.turn}`;
    if (message.role === 'user') asked.set(key, event.message);
    const user = asked.get(key);
    if (message.role === 'model' && user !== undefined) exchanges.push({ user, model: event.message });
  }
  return exchanges;
}

/** The request's user content: the constitution, then the conversation, ending with the person's message. */
export function chatRequest(constitution: string, exchanges: readonly ChatExchange[], message: string): string {
  const before = exchanges.slice(-MAX_EXCHANGES).flatMap(({ user, model }): ChatLine[] => [
    { role: 'user', text: user },
    { role: 'model', text: model },
  ]);
  const conversation: ChatLine[] = [...before, { role: 'user', text: message }];
  const json = JSON.stringify(conversation, null, 2);
  return (section('Constitution', constitution) + section('Conversation (JSON)', fenced('json', json))).trimEnd();
}
