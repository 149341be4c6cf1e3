import { type SceneletSketch, type StorySketch, storyState } from '@story-tree/testkit/stories/storyState.ts';
import type { StoryDetail, WorkflowTaskState } from '../../wire/index.ts';

/** A story as pages get it, from a sketch of its scenelets. */
export function detailOf(scenelets: readonly SceneletSketch[], sketch: StorySketch = {}): StoryDetail {
  const state = JSON.parse(JSON.stringify(storyState(scenelets, sketch)));
  return { ...state, workflow: [], constitutionVersion: 1, activeTaskId: null, costUsd: 0, playable: true };
}

/** A row of the Run Task menu. */
export function workflowState(state: Partial<WorkflowTaskState>): WorkflowTaskState {
  return {
    task: 'CREATE_SHOT_IMAGES',
    title: 'Key frames',
    makes: 'key frames',
    status: 'possible',
    completed: 0,
    total: 0,
    runFirst: [],
    dependants: [],
    ...state,
  };
}
