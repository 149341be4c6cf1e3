import { StoryTreeError } from '@story-tree/domain/errors';
import { withCommands } from './invocation.ts';

/** A sentence in the words of the command line: options of the engine become flags, commands can be pasted as they stand. */
export async function wordedSentence(sentence: string, folder: string): Promise<string> {
  return withCommands(folder, await withFlagsOf(sentence));
}

/** The same error with its sentence in these words. */
export async function worded(error: StoryTreeError, folder: string): Promise<StoryTreeError> {
  const { code, cause, issues, details } = error;
  return new StoryTreeError(code, await wordedSentence(error.message, folder), { cause, issues, details });
}

/** The engine, which knows the names of its options, is loaded only for sentences that may name one. */
async function withFlagsOf(sentence: string): Promise<string> {
  if (!/"[a-z]+"/i.test(sentence)) return sentence;
  const { withFlags } = await import('@story-tree/agent-backend');
  return withFlags(sentence);
}
