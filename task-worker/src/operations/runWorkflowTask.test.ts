import { PLAIN_MEDIA } from '@story-tree/agent-backend/testing';
import { keyFramePath, type StoryState } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { promptOnly, tellableStory, withReferenceImages } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { killed, type OperationRig, operationRig, type RigOptions } from './testOperation.ts';

const STUB = { ...textOf(createStubModels()), ...PLAIN_MEDIA };

function request(task: string, options?: Record<string, unknown>) {
  return { operation: 'RUN_WORKFLOW_TASK', payload: { task, ...(options && { options }) } } as const;
}

/** Only what was committed has an owner who paid. */
const paid = ({ journal }: OperationRig) => journal.calls.filter(({ status }) => status === 'committed').length;

/** Ends the process at its n-th write of one kind: the model is paid, and the row may be stored or not. */
function killedAt(state: StoryState, what: ReturnType<typeof request>, method: string, nth: number, stored: boolean) {
  const rig = operationRig(state, what, { script: STUB });
  let seen = 0;
  const watch = <T extends object>(name: string, repository: T): T =>
    new Proxy(repository, {
      get(target, key) {
        const original = Reflect.get(target, key) as (...args: unknown[]) => Promise<unknown>;
        if (`${name}.${String(key)}` !== method) return original.bind(target);
        return async (...args: unknown[]) => {
          seen += 1;
          if (seen < nth) return original(...args);
          if (seen === nth && stored) await original(...args);
          throw killed();
        };
      },
    });
  const { stories, scenelets, shots, referenceImages } = rig.repositories;
  const repositories = {
    stories: watch('stories', stories),
    scenelets: watch('scenelets', scenelets),
    shots: watch('shots', shots),
    referenceImages: watch('referenceImages', referenceImages),
  };
  Object.assign(rig.context, { workflow: { ...rig.context.workflow, repositories } });
  return rig;
}

function drawnOnce(): StoryState {
  const state = withReferenceImages(tellableStory());
  const path = (index: number) => (index === 1 ? keyFramePath(state.story.id, 'scenelet-1', 2) : null);
  return { ...state, shots: state.shots.map((shot, index) => ({ ...shot, keyFrameImagePath: path(index) })) };
}

describe('one task', () => {
  test('runs with its options, and says what it made', async () => {
    const options = { targetSceneletId: 'scenelet-1', targetShotIndex: '1' };
    const rig = operationRig(withReferenceImages(tellableStory()), request('CREATE_SHOT_IMAGES', options), {
      script: STUB,
    });
    expect(await rig.run()).toEqual({
      message: 'Key frames: made 1 of 1.',
      payload: { tasks: [{ task: 'CREATE_SHOT_IMAGES', status: 'completed', made: 1, total: 1 }] },
    });
    expect(rig.models.requests).toHaveLength(1);
  });

  test('that is complete is refused, in words for people without a command line', async () => {
    const failure = await failureOf(operationRig(tellableStory(), request('CREATE_AUDIO_DESIGN')).run());
    expect(failure.code).toBe('already_completed');
    expect(failure.message).toContain('Use "override" to regenerate it, or "resume" to keep it.');
  });

  test('whose options cannot be is refused before anything is read', async () => {
    const rig = operationRig(tellableStory(), request('CREATE_PLAYER_BUNDLE', { outputPath: '/tmp' }));
    expect((await failureOf(rig.run())).code).toBe('invalid_input');
    expect(rig.calls).toEqual([]);
  });
});

describe('a task that was killed goes on and pays for nothing twice', () => {
  const cases: [string, StoryState, ReturnType<typeof request>, string, number, number][] = [
    ['a document', promptOnly(), request('CREATE_CONSTITUTION'), 'stories.saveConstitution', 1, 1],
    [
      'a regenerated document',
      tellableStory(),
      request('CREATE_CONSTITUTION', { override: true }),
      'stories.saveConstitution',
      1,
      1,
    ],
    ['shots', { ...tellableStory(), shots: [] }, request('CREATE_SHOT_PRODUCTION'), 'shots.replaceForScenelet', 3, 3],
    [
      'regenerated shots',
      tellableStory(),
      request('CREATE_SHOT_PRODUCTION', { override: true }),
      'shots.replaceForScenelet',
      2,
      3,
    ],
    ['key frames', withReferenceImages(tellableStory()), request('CREATE_SHOT_IMAGES'), 'shots.setKeyFrame', 2, 4],
    [
      'regenerated key frames',
      drawnOnce(),
      request('CREATE_SHOT_IMAGES', { override: true }),
      'shots.setKeyFrame',
      3,
      4,
    ],
    ['speech', tellableStory(), request('CREATE_SHOT_AUDIO'), 'shots.setAudio', 3, 3],
    [
      'one environment image',
      tellableStory(),
      request('CREATE_ENVIRONMENT_REFERENCE_IMAGE', { targetEnvironmentId: 'quay' }),
      'referenceImages.set',
      1,
      1,
    ],
  ];
  const places = cases.flatMap((each) => [[...each, true] as const, [...each, false] as const]);

  test.each(places)('%s', async (_what, state, what, method, nth, units, stored) => {
    const first = killedAt(structuredClone(state), what, method, nth, stored);
    expect((await failureOf(first.run())).code).toBe('interrupted');

    const second = operationRig(state, what, { script: STUB, after: first, context: { resumed: true } });
    const { payload } = await second.run();
    expect(payload).toMatchObject({ tasks: [{ total: units }] });
    expect(paid(second)).toBe(units);
    const versions = await second.repositories.stories.constitutionVersions(state.story.id);
    expect(versions.length).toBe(what.payload.task === 'CREATE_CONSTITUTION' ? 1 : 0);
  });

  test('but another task of the same kind is refused as ever', async () => {
    const first = operationRig(withReferenceImages(tellableStory()), request('CREATE_SHOT_IMAGES'), { script: STUB });
    await first.run();
    const again = operationRig(first.context.story && (await first.state()), request('CREATE_SHOT_IMAGES'), {
      after: first,
      task: { id: 'task-2' },
    });
    expect((await failureOf(again.run())).code).toBe('already_completed');
  });

  test('a regenerated script is written once', async () => {
    const state = { ...tellableStory(), shots: [] };
    state.story.visualDesignDocument = null;
    state.story.audioDesignDocument = null;
    const what = request('CREATE_INTERACTIVE_SCRIPT', { override: true });
    const first = killedAt(structuredClone(state), what, 'scenelets.addStep', 4, true);
    await failureOf(first.run());
    const second = operationRig(state, what, { script: STUB, after: first, context: { resumed: true } });
    await second.run();
    const { scenelets } = await second.state();
    expect(new Set(scenelets.map(({ label }) => label)).size).toBe(scenelets.length);
    const asked = second.journal.calls.filter(({ status }) => status === 'committed').map(({ unitKey }) => unitKey);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

test('a failure keeps secrets, stacks and what models said to itself', async () => {
  const options: RigOptions = {
    script: {
      text: () => {
        throw new Error('getaddrinfo ENOTFOUND secret.internal AIzaKey');
      },
    },
  };
  const rig = operationRig(promptOnly(), request('CREATE_CONSTITUTION'), options);
  const failure = await failureOf(rig.run());
  expect(failure.code).toBe('internal');
  expect(failure.message).toBe(
    'CREATE_CONSTITUTION: Something went wrong that Story Tree did not expect. The log has the details.',
  );
  expect(rig.progress.map(({ message }) => message).join('\n')).not.toContain('secret');
});
