import { resumeStoryWorkflow } from '@story-tree/agent-backend';
import type { OperationHandler } from './operation.ts';

/** Writes the constitution anew. What was made from the old one stays as it is. */
export const regenerateConstitution: OperationHandler<'REGENERATE_CONSTITUTION'> = async (
  { guidance },
  { story, workflow },
) => {
  const constitutionTaskOptions = { override: true, ...(guidance === undefined ? {} : { guidance }) };
  const handle = await resumeStoryWorkflow(story.id, { ...workflow, constitutionTaskOptions });
  await handle.runTask('CREATE_CONSTITUTION');
  const [newest] = await workflow.repositories.stories.constitutionVersions(story.id);
  const constitutionVersion = newest?.version ?? null;
  return {
    message: `The constitution is written anew: version ${constitutionVersion}.`,
    payload: { constitutionVersion },
  };
};
