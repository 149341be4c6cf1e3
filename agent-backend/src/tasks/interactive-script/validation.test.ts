import { promptOnly } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { DEFAULT_SCRIPT_LIMITS } from '../../planning/settings.ts';
import { type ScriptReply, scriptReplySchema } from './schema.ts';
import { step } from './testScript.ts';
import { validateScriptReply } from './validation.ts';

const LIMITS = { ...DEFAULT_SCRIPT_LIMITS, maxChoices: 3 };
const issuePaths = (reply: ScriptReply, isRoot = false) =>
  validateScriptReply(reply, isRoot, LIMITS).map(({ path }) => path);

test.each<[string, ScriptReply]>([
  ['one scenelet that goes on', step('x', [null])],
  ['one scenelet with a choice label to spare', step('x', ['Go'])],
  ['one scenelet that concludes', step('x', [null], { is_concluding_scene: true })],
  ['two choices', step('x', ['Left', 'Right'])],
  ['as many choices as allowed', step('x', ['a', 'b', 'c'])],
])('takes %s', (_what, reply) => {
  expect(scriptReplySchema.safeParse(reply).success).toBe(true);
  expect(issuePaths(reply)).toEqual([]);
});

test.each<[string, ScriptReply, string]>([
  ['two scenelets without a branch', step('x', ['a', 'b'], { branch_point: false }), 'next_scenelets'],
  ['a branch with one scenelet', step('x', ['a'], { branch_point: true, choice_prompt: 'Which?' }), 'next_scenelets'],
  ['a branch that concludes', step('x', ['a', 'b'], { is_concluding_scene: true }), 'is_concluding_scene'],
  ['a branch without a question', step('x', ['a', 'b'], { choice_prompt: ' ' }), 'choice_prompt'],
  ['a choice without a label', step('x', ['a', null]), 'next_scenelets'],
  ['a blank label', step('x', ['a', ' ']), 'next_scenelets'],
  ['equal labels', step('x', ['Go', 'Go ']), 'next_scenelets'],
  ['more choices than allowed', step('x', ['a', 'b', 'c', 'd']), 'next_scenelets'],
])('refuses %s', (_what, reply, path) => {
  expect(issuePaths(reply)).toContain(path);
});

test('refuses a branch as the root', () => {
  expect(issuePaths(step('root', ['a', 'b']), true)).toEqual(['branch_point']);
  expect(issuePaths(step('root', [null]), true)).toEqual([]);
});

test.each([
  ['no scenelets', step('x', [])],
  [
    'a scenelet without a description',
    { ...step('x', [null]), next_scenelets: [{ dialogue: [], shot_suggestions: [] }] },
  ],
  ['no word on whether it branches', { ...step('x', [null]), branch_point: undefined }],
])('refuses the shape of a reply with %s', (_what, reply) => {
  expect(scriptReplySchema.safeParse(reply).success).toBe(false);
});

test('a reply that stays wrong ends the task, keeps what is stored, and is requested again by the next run', async () => {
  let replies = 0;
  const rig = workflowRig(promptOnly({ storyConstitution: '# Low Tide' }), {
    text() {
      replies += 1;
      return step('x', replies === 1 ? [null] : ['Go', 'Go']);
    },
  });
  const failure = await failureOf((await rig.workflow()).runTask('CREATE_INTERACTIVE_SCRIPT'));
  expect(failure.code).toBe('model_reply_invalid');
  expect(failure.message).toContain('the choice labels of a branch must differ');
  expect(replies).toBe(4);
  expect((await rig.state()).scenelets.map(({ label }) => label)).toEqual(['scenelet-1']);
  expect(rig.journal.calls.map(({ status }) => status)).toEqual(['committed', 'discarded', 'discarded', 'discarded']);
});
