import { codeOf, type Issue, type StoryState, StoryTreeError } from '@story-tree/domain';
import { fileReason, isFull } from '../assets/fileFailures.ts';

/** What a story that cannot be bundled is told: the first thing that is wrong as a sentence, all of them as issues. */
export function bundleInvalid(issues: readonly Issue[]): StoryTreeError {
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more like this)` : '';
  return new StoryTreeError('bundle_invalid', `The story cannot be bundled: ${issues[0]?.message}${more}.`, { issues });
}

/** @throws StoryTreeError `prerequisite_missing` naming the workflow tasks to run, in order, when there are no shots */
export function assertHasShots({ story, scenelets, shots }: StoryState): void {
  if (scenelets.length > 0 && shots.length > 0) return;
  const missing = [
    story.storyConstitution === null && 'CREATE_CONSTITUTION',
    scenelets.length === 0 && 'CREATE_INTERACTIVE_SCRIPT',
    story.visualDesignDocument === null && 'CREATE_VISUAL_DESIGN',
    story.audioDesignDocument === null && 'CREATE_AUDIO_DESIGN',
    'CREATE_SHOT_PRODUCTION',
  ].filter((task) => task !== false);
  throw new StoryTreeError(
    'prerequisite_missing',
    `The story has no ${scenelets.length === 0 ? 'scenelets' : 'shots'} to bundle yet: run ${missing.join(', ')}, ` +
      'then CREATE_SHOT_IMAGES or CREATE_SHOT_AUDIO, first.',
    { details: { missingTasks: [...missing, 'CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO'].join(',') } },
  );
}

/** The error of a story that has shots but nothing to begin playing with. `what` has neither images nor sound. */
export function noPlayableContent(what: string): StoryTreeError {
  return new StoryTreeError(
    'no_playable_content',
    `There is no playable content: ${what} has a key frame or speech on disk. ` +
      'Run CREATE_SHOT_IMAGES or CREATE_SHOT_AUDIO first.',
    { details: { missingTasks: 'CREATE_SHOT_IMAGES,CREATE_SHOT_AUDIO' } },
  );
}

/** Whether a file or a folder on the way to it is not there. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Whether a rename found something in its place. */
export function isOccupied(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR';
}

/** What the file system said, as a sentence for people; anything else is handed back as it came. */
export function asFileError(action: string, error: unknown): unknown {
  if (error instanceof StoryTreeError) return error;
  if (codeOf(error) === undefined || !(error instanceof Error && 'syscall' in error)) return error;
  const wayOut = isFull(error) ? 'make room and run the task again' : 'choose another output path';
  return new StoryTreeError('file_error', `${action} failed: ${fileReason(error)}; ${wayOut}.`, { cause: error });
}
