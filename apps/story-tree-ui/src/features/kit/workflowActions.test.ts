import { chain } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { detailOf, workflowState } from './testDetail.ts';
import { blockedReason, isAllThere, isComplete, statusWords, workflowActions } from './workflowActions.ts';

const detail = detailOf(chain(3));

describe('workflowActions', () => {
  it('offers nothing while others have to run, and names them', () => {
    const state = workflowState({ status: 'blocked', runFirst: ['Visual design', 'Shots'] });
    expect(workflowActions(state, detail)).toEqual([]);
    expect(blockedReason(state)).toBe('Run Visual design and Shots first.');
    expect(statusWords(state)).toBe('Run Visual design and Shots first.');
  });

  it('makes what is possible without replacing anything', () => {
    const [action, ...others] = workflowActions(workflowState({ status: 'possible', total: 3 }), detail);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ label: 'Make key frames', replaces: null, losses: [] });
    expect(action?.request).toEqual({
      operation: 'RUN_WORKFLOW_TASK',
      payload: { task: 'CREATE_SHOT_IMAGES', options: { resume: true } },
    });
  });

  it('offers to make what is missing, and to regenerate everything', () => {
    const state = workflowState({ status: 'partial', completed: 1, total: 3 });
    expect(statusWords(state)).toBe('1 of 3 made');
    const [resume, regenerate] = workflowActions(state, detail);
    expect(resume).toMatchObject({ kind: 'resume', label: 'Make the 2 that are missing', replaces: null });
    expect(regenerate).toMatchObject({ kind: 'regenerate', replaces: '3 key frames', losses: [] });
    expect(regenerate?.request.payload).toEqual({ task: 'CREATE_SHOT_IMAGES', options: { override: true } });
  });

  it('clears what stands on the old only after naming it', () => {
    const shots = workflowState({ task: 'CREATE_SHOT_PRODUCTION', title: 'Shots', status: 'done' });
    const state = workflowState({
      task: 'CREATE_INTERACTIVE_SCRIPT',
      title: 'Interactive script',
      status: 'done',
      dependants: ['Shots', 'Speech'],
    });
    const [regenerate] = workflowActions(state, { ...detail, workflow: [shots] });
    expect(regenerate).toMatchObject({ replaces: '3 scenelets', losses: ['3 shots', 'speech'] });
    expect(regenerate?.request.payload).toMatchObject({ options: { override: true, cascade: true } });
  });

  it('builds a bundle over the one that is there', () => {
    const state = workflowState({ task: 'CREATE_PLAYER_BUNDLE', title: 'Player bundle', status: 'done' });
    expect(workflowActions(state, detail).map(({ label, request }) => ({ label, request }))).toEqual([
      { label: 'Rebuild', request: { operation: 'BUILD_PLAYER_BUNDLE', payload: { overwrite: true } } },
    ]);
  });
});

describe('an outdated bundle', () => {
  const state = workflowState({ task: 'CREATE_PLAYER_BUNDLE', title: 'Player bundle', status: 'outdated', total: 1 });

  it('is there, is said to be out of date and can be built again', () => {
    expect(isAllThere({ workflow: [workflowState({ status: 'done' }), state] })).toBe(true);
    expect(isAllThere({ workflow: [workflowState({ status: 'partial' }), state] })).toBe(false);
    expect(isComplete({ workflow: [state] })).toBe(false);
    expect(statusWords(state)).toBe('Out of date');
    expect(workflowActions(state, detail)).toMatchObject([
      { label: 'Rebuild', request: { operation: 'BUILD_PLAYER_BUNDLE', payload: { overwrite: true } } },
    ]);
  });
});

describe('isComplete', () => {
  it('holds when nothing is left to make', () => {
    expect(isComplete({ workflow: [workflowState({ status: 'done' })] })).toBe(true);
    expect(isComplete({ workflow: [workflowState({ status: 'done' }), workflowState({})] })).toBe(false);
  });
});
