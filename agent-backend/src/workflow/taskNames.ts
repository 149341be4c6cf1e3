import type { WORKFLOW_TASKS } from './tasks.ts';

/** Every workflow task by name, derived from the one table. */
export type StoryWorkflowTask = (typeof WORKFLOW_TASKS)[number]['task'];
