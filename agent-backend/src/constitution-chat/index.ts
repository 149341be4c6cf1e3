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
  /** The whole document anew; null leaves it as it is. */
  story_constitution_markdown: z.string().trim().min(1).nullable(),
});

type ChatReply = z.infer<typeof chatReplySchema>;

/** How the journal and whoever watches know the work. */
const CHAT = 'CONSTITUTION_CHAT_UPDATE';

/** One turn of a person, and what it is answered from. */
export interface ChatTurn {
  storyId: string;
  /** Counts the turns of this run, from 1. */
  turn: number;
  /** How many turns the run has. */
  turns: number;
  /** As it stands now. */
  constitution: string;
  /** What was said before, oldest first. */
  exchanges: readonly ChatExchange[];
  message: string;
  /** Hears the words of the reply as they come, all of them each time. */
  onReply(soFar: string): void;
}

export interface ChatAnswer {
  reply: string;
  /** As it is to stand from now on. */
  constitution: string;
}

/**
 * Answers one turn of a conversation about a constitution; stores nothing. What this run was told before it is told
 * again, at no cost.
 * @throws StoryTreeError `model_…` when there is no usable answer, `cancelled`
 */
export async function answerChatTurn(turn: ChatTurn, deps: WorkflowDependencies): Promise<ChatAnswer> {
  try {
    const { reply, story_constitution_markdown } = await runInSlot('text', deps, (signal) => ask(turn, deps, signal));
    return { reply, constitution: story_constitution_markdown ?? turn.constitution };
  } catch (thrown) {
    if (deps.signal.aborted) throw abortReason(deps.signal);
    deps.log('error', 'a turn of a chat failed', { storyId: turn.storyId, turn: turn.turn, error: thrown });
    throw toStoryTreeError(thrown);
  }
}

function ask(turn: ChatTurn, deps: WorkflowDependencies, signal: AbortSignal): Promise<ChatReply> {
  const unit = `turn-${turn.turn}`;
  const models = createModelCaller({
    ...deps,
    identity: { runId: deps.runId, storyId: turn.storyId, workflowTask: CHAT, unitKey: unit },
    // The same words may be said on purpose a second time, and then deserve an answer of their own.
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
