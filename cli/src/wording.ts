import { StoryTreeError } from '@story-tree/domain/errors';
import { withCommands } from './invocation.ts';

/** An error in the words of the command line: options of the engine become flags, commands can be pasted as they stand. */
export async function worded(error: StoryTreeError, folder: string): Promise<StoryTreeError> {
  const { code, cause, issues, details } = error;
  return new StoryTreeError(code, withCommands(folder, await withFlagsOf(error.message)), { cause, issues, details });
}

/** The engine, which knows the names of its options, is loaded only for sentences that may name one. */
async function withFlagsOf(sentence: string): Promise<string> {
  if (!/"[a-z]+"/i.test(sentence)) return sentence;
  const { withFlags } = await import('@story-tree/agent-backend');
  return withFlags(sentence);
}
