import {
  type AgentWorkflowOptions,
  checkWorkflowTaskPayload,
  resumeStoryWorkflow,
  type StoryWorkflowTask,
  type TaskResult,
  taskDefinition,
} from '@story-tree/agent-backend';
import { type OperationHandler, type OperationResult, prepareRun } from './operation.ts';

/** Runs one workflow task, or all. A run that was begun before keeps what it made then, whatever its mode. */
export const runWorkflowTask: OperationHandler<'RUN_WORKFLOW_TASK'> = async (payload, context) => {
  const { story, workflow, resumed } = context;
  const { task, options } = checkWorkflowTaskPayload(payload);
  if (task === 'ALL') {
    await prepareRun(context, { scope: { until: undefined }, ...options });
    const { tasks } = await (await resumeStoryWorkflow(story.id, workflow)).runAllTasks(options);
    return { message: `“${story.displayName}” is ready to be played.`, payload: { tasks } };
  }
  await prepareRun(context, { scope: { task, options } });
  const handle = await resumeStoryWorkflow(story.id, withOptions({ ...workflow, resumed }, task, options));
  return described(task, await handle.runTask(task));
};

function withOptions(workflow: AgentWorkflowOptions, task: StoryWorkflowTask, options: object): AgentWorkflowOptions {
  return { ...workflow, [`${taskDefinition(task).name}TaskOptions`]: options };
}

function described(task: StoryWorkflowTask, result: TaskResult): OperationResult {
  const { status, made, total } = result;
  const what = status === 'skipped' ? 'nothing was missing' : `made ${made} of ${total}`;
  return { message: `${taskDefinition(task).title}: ${what}.`, payload: { tasks: [result] } };
}
