import { resumeStoryWorkflow } from '@story-tree/agent-backend';
import { type OperationHandler, prepareRun } from './operation.ts';

/** The story's row is there since it was asked for; this makes as much of the story as was asked for with it. */
export const makeNewStory: OperationHandler<'CREATE_STORY'> = async (payload, context) => {
  const { story, workflow } = context;
  const { runAll, includeInteractiveScript } = payload;
  const handle = await resumeStoryWorkflow(story.id, workflow);
  if (runAll) {
    await prepareRun(context, { scope: { until: undefined }, overlap: true });
    const { constitution } = await handle.runAllTasks({ overlap: true });
    return { message: `“${constitution?.title ?? story.displayName}” is ready to be played.` };
  }
  const until = includeInteractiveScript ? 'CREATE_INTERACTIVE_SCRIPT' : 'CREATE_CONSTITUTION';
  await prepareRun(context, { scope: { until } });
  const { constitution } = await handle.runAllTasks({ until });
  const made = includeInteractiveScript ? 'Constitution and script' : 'The constitution';
  return { message: `${made} of “${constitution?.title ?? story.displayName}” can be read.` };
};
