import { toStoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { createModelCaller } from '../models/caller.ts';
import { promptFile } from '../prompting/promptFile.ts';
import type { WorkflowDependencies } from '../workflow/dependencies.ts';
import type { ProgressKind } from '../workflow/progress.ts';
import { runInSlot } from '../workflow/scheduler.ts';
import { abortReason } from '../workflow/taskRun.ts';
import { type ChatExchange, chatRequest } from './conversation.ts';
import { partialField } from './partialReply.ts';

/** The reply comes first, so that its words can be shown while the document is still being written. */
export const chatReplySchema = z.object({
  reply: z.string().trim().min(1).max(20_000),
  /** The whole new document; null leaves it unchanged. */
  story_constitution_markdown: z.string().trim().min(1).nullable(),
});

type ChatReply = z.infer<typeof chatReplySchema>;

/** The name of this work in the journal and in progress events. */
const CHAT = 'CONSTITUTION_CHAT_UPDATE';

/** One turn of a person, and what the answer is based on. */
export interface ChatTurn {
  storyId: string;
  /** The number of this turn within the run, from 1. */
  turn: number;
  /** How many turns the run has. */
  turns: number;
  /** The current text. */
  constitution: string;
  /** Earlier exchanges, oldest first. */
  exchanges: readonly ChatExchange[];
  message: string;
  /** Called with the reply so far, whenever more of it arrives. */
  onReply(soFar: string): void;
}

export interface ChatAnswer {
  reply: string;
  /** The text from now on; unchanged if the model left it as it was. */
  constitution: string;
}

/**
 * Answers one turn of a conversation about a constitution; stores nothing. An answer that this run already received is
 * repeated at no cost.
 * @throws StoryTreeError `model_…` if there is no usable answer, `cancelled`
 */
export async function answerChatTurn(turn: ChatTurn, deps: WorkflowDependencies): Promise<ChatAnswer> {
  try {
    const { reply, story_constitution_markdown } = await runInSlot('text', deps, (signal) => ask(turn, deps, signal));
    return { reply, constitution: story_constitution_markdown ?? turn.constitution };
  } catch (thrown) {
    if (deps.signal.aborted) throw abortReason(deps.signal);
    throw toStoryTreeError(thrown);
  }
}

function ask(turn: ChatTurn, deps: WorkflowDependencies, signal: AbortSignal): Promise<ChatReply> {
  const unit = `turn-${turn.turn}`;
  const models = createModelCaller({
    ...deps,
    identity: { runId: deps.runId, storyId: turn.storyId, workflowTask: CHAT, unitKey: unit },
    // A person may repeat a message on purpose, and then deserves a new answer.
    replay: 'run',
    signal,
    tell: (kind: ProgressKind, message: string) =>
      deps.onProgress({ kind, task: CHAT, unit, message, completed: turn.turn - 1, total: turn.turns }),
  });
  return models.document({
    system: promptFile(import.meta.url),
    user: chatRequest(turn.constitution, turn.exchanges, turn.message),
    schema: chatReplySchema,
    onText: (json) => turn.onReply(partialField(json, 'reply')),
  });
}
