import { resumeStoryWorkflow } from '@story-tree/agent-backend';
import type { OperationHandler } from './operation.ts';

/** Builds the story's own bundle, in its place. */
export const buildPlayerBundle: OperationHandler<'BUILD_PLAYER_BUNDLE'> = async (
  { overwrite = false },
  { story, workflow, resumed },
) => {
  const handle = await resumeStoryWorkflow(story.id, { ...workflow, resumed, playerBundleTaskOptions: { overwrite } });
  await handle.runTask('CREATE_PLAYER_BUNDLE');
  return { message: `The player bundle of “${story.displayName}” is built.` };
};
