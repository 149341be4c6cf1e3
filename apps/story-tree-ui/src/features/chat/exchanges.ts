import type { ChatMessagePayload } from '@story-tree/domain';
import type { ChatMessage, ConstitutionVersionOnWire, TaskSummary } from '../../wire/index.ts';
import { compareIds } from '../live/index.ts';

/** What a person said, and the answer. */
export interface ChatTurn {
  turn: number;
  question: string;
  /** Null while it is missing, or when there will be none. */
  answer: string | null;
}

/** Everything that was said in one task. */
export interface Exchange {
  taskId: string;
  /** Null for a chat of which only the words are still known. */
  task: TaskSummary | null;
  turns: readonly ChatTurn[];
}

/** What was asked in a task, which may not have recorded it yet. */
export interface Asked {
  taskId: string;
  turns: readonly string[];
}

/**
 * The conversation, oldest exchange first.
 * @param messages everything that was said, in any order, each once
 * @param tasks the known chats, with or without messages
 * @param asked what is known to have been asked
 */
export function exchangesOf(
  messages: readonly ChatMessage[],
  tasks: readonly TaskSummary[],
  asked: readonly Asked[],
): Exchange[] {
  const turnsOf = new Map<string, Map<number, ChatTurn>>();
  const firstWords = new Map<string, string>();
  const put = (taskId: string, turn: number, change: Partial<ChatTurn>) => {
    const turns = turnsOf.get(taskId) ?? new Map<number, ChatTurn>();
    turns.set(turn, { turn, question: '', answer: null, ...turns.get(turn), ...change });
    turnsOf.set(taskId, turns);
  };

  for (const { taskId, turns } of asked) {
    for (const [index, question] of turns.entries()) put(taskId, index + 1, { question });
  }
  for (const { id, taskId, message, payload } of messages) {
    const said = payload as ChatMessagePayload | null;
    if (typeof said?.turn !== 'number') continue;
    put(taskId, said.turn, said.role === 'model' ? { answer: message } : { question: message });
    const first = firstWords.get(taskId) ?? id;
    firstWords.set(taskId, compareIds(id, first) < 0 ? id : first);
  }

  const known = new Map(tasks.map((task) => [task.id, task]));
  return [...turnsOf]
    .map(([taskId, turns]) => ({
      taskId,
      task: known.get(taskId) ?? null,
      turns: [...turns.values()].sort((a, b) => a.turn - b.turn),
    }))
    .sort((a, b) => compareWords(firstWords.get(a.taskId), firstWords.get(b.taskId)));
}

/** By the ids of their first messages; those without any come last. */
function compareWords(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareIds(a, b);
}

/** Two versions, the later of which a chat made from the earlier. */
export interface ConstitutionChange {
  before: ConstitutionVersionOnWire;
  after: ConstitutionVersionOnWire;
}

/** What a successful chat changed; null when the constitution stayed as it was. `versions` in any order. */
export function changeOf(
  { id, finishedAt }: Pick<TaskSummary, 'id' | 'finishedAt'>,
  versions: readonly ConstitutionVersionOnWire[],
): ConstitutionChange | null {
  if (finishedAt === null) return null;
  const after = versions.find(({ runId }) => runId === id);
  const [before] = versions
    .filter(({ version }) => after !== undefined && version < after.version)
    .sort((a, b) => b.version - a.version);
  return after && before ? { before, after } : null;
}

/** The questions without an answer. */
export function unanswered({ turns }: Exchange): string[] {
  return turns.filter(({ answer }) => answer === null).map(({ question }) => question);
}
