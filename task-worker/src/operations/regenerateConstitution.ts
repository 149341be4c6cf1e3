import { resumeStoryWorkflow } from '@story-tree/agent-backend';
import { type OperationHandler, prepareRun } from './operation.ts';

/** Writes a new constitution. What was made from the old one stays as it is. */
export const regenerateConstitution: OperationHandler<'REGENERATE_CONSTITUTION'> = async ({ guidance }, context) => {
  const { story, workflow } = context;
  const constitutionTaskOptions = { override: true, ...(guidance === undefined ? {} : { guidance }) };
  await prepareRun(context, { scope: { task: 'CREATE_CONSTITUTION', options: constitutionTaskOptions } });
  const handle = await resumeStoryWorkflow(story.id, { ...workflow, constitutionTaskOptions });
  await handle.runTask('CREATE_CONSTITUTION');
  const [newest] = await workflow.repositories.stories.constitutionVersions(story.id);
  const constitutionVersion = newest?.version ?? null;
  return {
    message: `The constitution has been regenerated: version ${constitutionVersion}.`,
    payload: { constitutionVersion },
  };
};
