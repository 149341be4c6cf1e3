import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { promptOnly, tellableStory, withReferenceImages } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { dependants, tasksToRunFirst } from './prerequisites.ts';
import { type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES, WORKFLOW_TASKS } from './tasks.ts';

const firstFor = (task: StoryWorkflowTask, state = promptOnly(), options = {}) =>
  tasksToRunFirst(taskDefinition(task), state, options).map((needed) => needed.task);

describe('what has to run first', () => {
  test('comes with everything that it needs itself, in the order of the table', () => {
    const needed = ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT', 'CREATE_VISUAL_DESIGN', 'CREATE_AUDIO_DESIGN'];
    expect(firstFor('CREATE_PLAYER_BUNDLE')).toEqual([...needed, 'CREATE_SHOT_PRODUCTION']);
    expect(firstFor('CREATE_SHOT_AUDIO')).toEqual([...needed, 'CREATE_SHOT_PRODUCTION']);
    expect(firstFor('CREATE_CONSTITUTION')).toEqual([]);
    for (const task of WORKFLOW_TASK_NAMES) {
      const first = firstFor(task);
      expect(first).toEqual(WORKFLOW_TASK_NAMES.filter((name) => first.includes(name)));
    }
  });

  test('leaves out what exists', () => {
    const scriptOnly = storyState(
      chain(1).map((scenelet) => ({ ...scenelet, shots: [] })),
      {
        visualDesignDocument: null,
        audioDesignDocument: null,
      },
    );
    expect(firstFor('CREATE_SHOT_PRODUCTION', scriptOnly)).toEqual(['CREATE_VISUAL_DESIGN', 'CREATE_AUDIO_DESIGN']);
  });

  test('is nothing for environment images and character sheets once the visual design exists', () => {
    const { story } = tellableStory();
    const designOnly = promptOnly({ visualDesignDocument: story.visualDesignDocument });
    expect(firstFor('CREATE_ENVIRONMENT_REFERENCE_IMAGE', designOnly)).toEqual([]);
    expect(firstFor('CREATE_CHARACTER_MODEL_SHEET', designOnly)).toEqual([]);
  });

  test('for key frames includes the images that the targeted shots refer to, and only those', () => {
    const story = tellableStory();
    const images = ['CREATE_CHARACTER_MODEL_SHEET', 'CREATE_ENVIRONMENT_REFERENCE_IMAGE'];
    expect(firstFor('CREATE_SHOT_IMAGES', story)).toEqual(images);
    expect(firstFor('CREATE_SHOT_IMAGES', story, { targetSceneletId: 'scenelet-2a' })).toEqual([]);
    const { referenceImages } = withReferenceImages(story);
    const sheetsOnly = { ...story, referenceImages: referenceImages.filter(({ designId }) => designId === 'tam') };
    expect(firstFor('CREATE_SHOT_IMAGES', sheetsOnly)).toEqual(['CREATE_ENVIRONMENT_REFERENCE_IMAGE']);
  });
});

test.each(WORKFLOW_TASK_NAMES.filter((name) => name !== 'CREATE_CONSTITUTION'))(
  '%s names what to run first, asks no model and stores nothing',
  async (task) => {
    const { models, workflow, writes } = workflowRig(promptOnly());
    const failure = await failureOf((await workflow()).runTask(task));
    expect(failure.code).toBe('prerequisite_missing');
    expect(failure.message).toContain(task);
    expect(failure.message).toContain(firstFor(task).join(', then '));
    expect(failure.details.runFirst?.split(',')).toEqual(firstFor(task));
    expect(models.requests).toHaveLength(0);
    expect(writes()).toEqual([]);
  },
);

describe('dependants', () => {
  const of = (task: StoryWorkflowTask, state = tellableStory({ media: true })) =>
    dependants(taskDefinition(task), state, WORKFLOW_TASKS).map((later) => later.task);

  test('are the later tasks with something stored, also through others', () => {
    const media = ['CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO'];
    expect(of('CREATE_SHOT_PRODUCTION')).toEqual(media);
    expect(of('CREATE_AUDIO_DESIGN')).toEqual(['CREATE_SHOT_PRODUCTION', ...media]);
    expect(of('CREATE_VISUAL_DESIGN')).toEqual([
      ...['CREATE_AUDIO_DESIGN', 'CREATE_SHOT_PRODUCTION'],
      ...['CREATE_CHARACTER_MODEL_SHEET', 'CREATE_ENVIRONMENT_REFERENCE_IMAGE'],
      ...media,
    ]);
    expect(of('CREATE_INTERACTIVE_SCRIPT')).toEqual(['CREATE_VISUAL_DESIGN', ...of('CREATE_VISUAL_DESIGN')]);
    expect(of('CREATE_SHOT_AUDIO')).toEqual([]);
  });

  test('are only those that exist', () => {
    expect(of('CREATE_SHOT_PRODUCTION', tellableStory())).toEqual([]);
  });
});
