import { type WorkflowSettings, withOptionNames } from '@story-tree/agent-backend';
import { StoryTreeError, toStoryTreeError } from '@story-tree/domain';

/**
 * What went wrong, for people who have neither a command line nor this machine before them: no flags, no folders of
 * bundles, and of errors that nobody foresaw nothing but that they happened.
 */
export function presentable(thrown: unknown, { outputRoot }: Pick<WorkflowSettings, 'outputRoot'>): StoryTreeError {
  const { code, message } = toStoryTreeError(thrown);
  const sentence =
    code === 'bundle_exists'
      ? 'The story has a player bundle already. Choose "overwrite" to build it anew in its place.'
      : withOptionNames(message).replaceAll(outputRoot, 'the output folder');
  return new StoryTreeError(code, sentence, { cause: thrown });
}
