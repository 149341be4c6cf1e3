import { promptOnly } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';

const TASK = 'CREATE_CONSTITUTION';

const reply = (over = {}) => ({
  proposed_story_title: '  Low Tide ',
  story_constitution_markdown: '# Low Tide\n\nA door in the sea.',
  target_scenelets_per_path: 7,
  ...over,
});

async function made(sketch: Parameters<typeof promptOnly>[0] = {}) {
  const rig = workflowRig(promptOnly(sketch), { text: () => reply() });
  await (await rig.workflow()).runTask(TASK);
  const [request] = rig.models.requests;
  return { ...rig, story: (await rig.state()).story, user: request?.kind === 'text' ? request.turns[0]?.text : '' };
}

test('stores the text and the length, and names the story', async () => {
  const { story } = await made();
  expect(story).toMatchObject({
    storyConstitution: '# Low Tide\n\nA door in the sea.',
    targetSceneletsPerPath: 7,
    displayName: 'Low Tide',
  });
});

test('does not change a name that a person gave', async () => {
  const { story } = await made({ displayName: 'My story', namedByPerson: true });
  expect(story.displayName).toBe('My story');
});

test('the request is the prompt, with the options that a person chose', async () => {
  expect((await made({ initialPrompt: ' A door. ' })).user).toBe('Prompt:\nA door.');
  const { user, story } = await made({
    initialPrompt: 'A door.',
    creationOptions: { language: 'Deutsch', audience: 'children of six', targetScenelets: 3 },
  });
  expect(user).toBe('Prompt:\nA door.\n\nLanguage: Deutsch\nAudience: children of six\nScenelets per path: 3');
  expect(story.targetSceneletsPerPath).toBe(3);
});

describe('a regenerated constitution', () => {
  const again = async (options: object, text: () => unknown = () => reply()) => {
    const rig = workflowRig(promptOnly({ initialPrompt: 'A door.', creationOptions: { language: 'Deutsch' } }), {
      text,
    });
    const handle = await rig.workflow();
    await handle.runTask(TASK);
    const constitutionTaskOptions = { override: true, ...options };
    await (await rig.workflow({ constitutionTaskOptions, runId: 'run-2' })).runTask(TASK);
    const [, request] = rig.models.requests;
    return { ...rig, user: request?.kind === 'text' ? request.turns[0]?.text : '' };
  };

  test('follows the guidance, which ends the request', async () => {
    const { user } = await again({ guidance: ' Darker.\nBy night. ' });
    expect(user).toBe('Prompt:\nA door.\n\nLanguage: Deutsch\n\nGuidance:\nDarker.\nBy night.');
  });

  test('is a new version, unless nothing has changed', async () => {
    const versions = async ({ repositories, state }: Awaited<ReturnType<typeof again>>) =>
      (await repositories.stories.constitutionVersions((await state()).story.id)).length;
    expect(await versions(await again({}))).toBe(1);
    const replies = [reply(), reply({ target_scenelets_per_path: 8 })];
    expect(await versions(await again({}, () => replies.shift()))).toBe(2);
    const texts = [reply(), reply({ story_constitution_markdown: 'Another' })];
    expect(await versions(await again({}, () => texts.shift()))).toBe(2);
  });
});

describe('a reply that cannot be used', () => {
  test.each([
    ['no title', reply({ proposed_story_title: ' ' }), 'proposed_story_title'],
    ['no text', reply({ story_constitution_markdown: '' }), 'story_constitution_markdown'],
    ['a length of nothing', reply({ target_scenelets_per_path: 0 }), 'target_scenelets_per_path'],
    ['a half scenelet', reply({ target_scenelets_per_path: 2.5 }), 'target_scenelets_per_path'],
  ])('since it has %s is asked for again with what was wrong', async (_what, wrong, path) => {
    const replies = [wrong, reply()];
    const { workflow, models, state } = workflowRig(promptOnly(), { text: () => replies.shift() });
    await (await workflow()).runTask(TASK);
    const [, again] = models.requests;
    expect(again?.kind === 'text' && again.turns.map(({ role }) => role)).toEqual(['user', 'model', 'user']);
    expect(again?.kind === 'text' && again.turns[1]?.text).toBe(JSON.stringify(wrong));
    expect(again?.kind === 'text' && again.turns[2]?.text).toContain(`- ${path}: `);
    expect((await state()).story.targetSceneletsPerPath).toBe(7);
  });

  test('is requested at most twice more, then nothing is stored', async () => {
    const { workflow, models, state } = workflowRig(promptOnly(), { text: () => 'I would rather not.' });
    const failure = await failureOf((await workflow()).runTask(TASK));
    expect(failure.code).toBe('model_reply_invalid');
    expect(failure.message).toContain('the reply is not JSON');
    expect(failure.message).not.toContain('I would rather not');
    expect(models.requests).toHaveLength(3);
    expect((await state()).story.storyConstitution).toBeNull();
  });
});
