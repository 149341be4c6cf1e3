import { answerChatTurn, chatMessageOf, exchangesBefore } from '@story-tree/agent-backend';
import {
  type ChatMessagePayload,
  type ChatRole,
  type StoriesRepository,
  type StoryTaskEvent,
  StoryTreeError,
} from '@story-tree/domain';
import type { OperationContext, OperationHandler, OperationResult } from './operation.ts';

/**
 * Answers the turns one after the other and keeps what becomes of the constitution as one new version. Gone on with after
 * a crash, it says nothing twice: what is in the log stays there, and the journal knows the answers.
 */
export const constitutionChatUpdate: OperationHandler<'CONSTITUTION_CHAT_UPDATE'> = async ({ turns }, context) => {
  const { stories } = context.workflow.repositories;
  const storyId = context.story.id;
  const kept = (await stories.constitutionVersions(storyId)).find(({ runId }) => runId === context.task.id);
  if (kept !== undefined) return changed(kept.version);

  const before = await currentConstitution(stories, storyId);
  const after = await discuss(turns, before, context);
  if (after !== before) return changed(await stories.reviseConstitution(storyId, after, 'chat', context.task.id));
  const [newest] = await stories.constitutionVersions(storyId);
  return {
    message: 'The constitution stays as it is.',
    payload: { constitutionVersion: newest?.version ?? null, changed: false },
  };
};

async function currentConstitution(stories: StoriesRepository, storyId: string): Promise<string> {
  const constitution = (await stories.get(storyId))?.storyConstitution ?? null;
  if (constitution !== null) return constitution;
  throw new StoryTreeError(
    'prerequisite_missing',
    'There is no constitution to talk about yet. Run CREATE_CONSTITUTION first.',
    { details: { runFirst: 'CREATE_CONSTITUTION' } },
  );
}

/** Returns the constitution as it is after the last turn. */
async function discuss(turns: readonly string[], before: string, context: OperationContext): Promise<string> {
  const { task, story, workflow, draft } = context;
  const log = await context.chatHistory();
  const exchanges = exchangesBefore(task.id, log);
  const transcript = createTranscript(context, log, turns.length);
  let constitution = before;
  for (const [index, message] of turns.entries()) {
    const turn = index + 1;
    await transcript.add('user', turn, message);
    try {
      const answer = await answerChatTurn(
        {
          ...{ storyId: story.id, turn, turns: turns.length, constitution, exchanges, message },
          onReply: (text) => draft({ turn, text }),
        },
        workflow,
      );
      await transcript.add('model', turn, answer.reply);
      constitution = answer.constitution;
      exchanges.push({ user: message, model: answer.reply });
    } finally {
      draft(null);
    }
  }
  return constitution;
}

function changed(constitutionVersion: number): OperationResult {
  return {
    message: `The constitution is now version ${constitutionVersion}.`,
    payload: { constitutionVersion, changed: true },
  };
}

/** What is said in one task, as its log keeps it. */
interface ChatTranscript {
  /** Appends a message unless it is there already. */
  add(role: ChatRole, turn: number, text: string): Promise<void>;
}

/** @param log the turns of the story so far, those of an earlier run of this task among them */
function createTranscript(
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
