import type { ChatMessagePayload, ChatRole, StoryTaskEvent } from '@story-tree/domain';
import { fenced, section } from '../prompting/userContent.ts';

/** One thing that was said. */
export interface ChatLine {
  role: ChatRole;
  text: string;
}

/** A turn that was answered. */
export interface ChatExchange {
  user: string;
  model: string;
}

/** Exchanges that a request repeats at most: what was said before them shows in the constitution itself. */
const REMEMBERED = 30;

/** What the log says of a turn, or null for an event that is no message of a chat. */
export function chatMessageOf({ eventType, payload }: StoryTaskEvent): ChatMessagePayload | null {
  const { role, turn } = payload ?? {};
  if (eventType !== 'chat_message' || typeof turn !== 'number') return null;
  return role === 'user' || role === 'model' ? { role, turn } : null;
}

/** The turns of other tasks that were answered, oldest first. One that was left without an answer does not count. */
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

/** What the model is given: the constitution, then the conversation, in which the last word is the person's. */
export function chatRequest(constitution: string, exchanges: readonly ChatExchange[], message: string): string {
  const before = exchanges.slice(-REMEMBERED).flatMap(({ user, model }): ChatLine[] => [
    { role: 'user', text: user },
    { role: 'model', text: model },
  ]);
  const conversation: ChatLine[] = [...before, { role: 'user', text: message }];
  const json = JSON.stringify(conversation, null, 2);
  return (section('Constitution', constitution) + section('Conversation (JSON)', fenced('json', json))).trimEnd();
}
