import { audioDesign } from '../tasks/audio-design/index.ts';
import { characterModelSheet } from '../tasks/character-model-sheet/index.ts';
import { constitution } from '../tasks/constitution/index.ts';
import { environmentReference } from '../tasks/environment-reference/index.ts';
import { interactiveScript } from '../tasks/interactive-script/index.ts';
import { playerBundle } from '../tasks/player-bundle/index.ts';
import { shotAudio } from '../tasks/shot-audio/index.ts';
import { shotImages } from '../tasks/shot-images/index.ts';
import { shotProduction } from '../tasks/shot-production/index.ts';
import { visualDesign } from '../tasks/visual-design/index.ts';
import { visualReference } from '../tasks/visual-reference/index.ts';

/** The one table of workflow tasks, in the order in which a story is made. Everything else is derived from it. */
export const WORKFLOW_TASKS = [
  constitution,
  interactiveScript,
  visualDesign,
  visualReference,
  audioDesign,
  shotProduction,
  characterModelSheet,
  environmentReference,
  shotImages,
  shotAudio,
  playerBundle,
] as const;

type Definition = (typeof WORKFLOW_TASKS)[number];

/** Every workflow task by name. */
export type StoryWorkflowTask = Definition['task'];

/** The definition of one task. */
export type TaskDefinition<Task extends StoryWorkflowTask> = Extract<Definition, { task: Task }>;

/** The options of one task. */
export type TaskOptions<Task extends StoryWorkflowTask> =
  TaskDefinition<Task> extends { options: { _output: infer Options } } ? Options : never;

/** The names of all workflow tasks, in the table's order. */
export const WORKFLOW_TASK_NAMES = WORKFLOW_TASKS.map(({ task }) => task) as readonly StoryWorkflowTask[];

/** Whether a workflow task of that name exists. */
export function isWorkflowTask(name: string): name is StoryWorkflowTask {
  return WORKFLOW_TASK_NAMES.some((task) => task === name);
}

/** The definition of a task by its name. */
export function taskDefinition<Task extends StoryWorkflowTask>(task: Task): TaskDefinition<Task> {
  return WORKFLOW_TASKS.find((definition) => definition.task === task) as TaskDefinition<Task>;
}
