import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { WORKFLOW_TASK_NAMES } from './tasks.ts';
import { checkWorkflowTaskPayload } from './workflowTaskPayload.ts';

type Payload = Parameters<typeof checkWorkflowTaskPayload>[0];

const refusal = (payload: Payload) => failureOf(Promise.resolve().then(() => checkWorkflowTaskPayload(payload)));

/** As it comes out of a request's body. */
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

test.each([...WORKFLOW_TASK_NAMES, 'ALL'])('%s is taken without options', (task) => {
  expect(checkWorkflowTaskPayload({ task })).toEqual({ task, options: {} });
  expect(checkWorkflowTaskPayload({ task, options: {} })).toEqual({ task, options: {} });
});

test.each([
  ['CREATE_SHOT_IMAGES', { targetSceneletId: 'scenelet-3a', targetShotIndex: 2, override: true }],
  ['CREATE_CHARACTER_MODEL_SHEET', { resume: true, targetCharacterId: 'tam' }],
  ['CREATE_ENVIRONMENT_REFERENCE_IMAGE', { targetEnvironmentId: 'quay', override: true }],
  ['CREATE_INTERACTIVE_SCRIPT', { override: true, cascade: true }],
  ['CREATE_CONSTITUTION', { override: true, guidance: 'Darker.' }],
  ['CREATE_PLAYER_BUNDLE', { overwrite: true, strict: true }],
  ['ALL', { overlap: true }],
])('%s keeps its options %j', (task, options) => {
  expect(checkWorkflowTaskPayload({ task, options })).toEqual({ task, options });
});

test.each(['', 'all', 'create_constitution', 'CREATE_STORY', '__proto__', 'constructor', '../../etc', 'X'.repeat(100)])(
  'there is no task %j',
  async (task) => {
    const { code, issues } = await refusal({ task });
    expect(code).toBe('invalid_input');
    expect(issues).toEqual([{ path: 'payload.task', message: expect.stringContaining('CREATE_CONSTITUTION') }]);
  },
);

describe('invalid options', () => {
  const shots = 'CREATE_SHOT_IMAGES';
  const inScenelet = (targetShotIndex: unknown) => ({ targetSceneletId: 'scenelet-1', targetShotIndex });

  test.each<[string, Record<string, unknown>, string]>([
    ['ALL', { resume: true }, 'payload.options.resume'],
    ['ALL', { overlap: 'yes' }, 'payload.options.overlap'],
    ['CREATE_SHOT_IMAGES', { overlap: true }, 'payload.options.overlap'],
    ['CREATE_PLAYER_BUNDLE', { outputPath: '/tmp' }, 'payload.options.outputPath'],
    ['CREATE_PLAYER_BUNDLE', { outputPath: '../../etc' }, 'payload.options.outputPath'],
    ['CREATE_PLAYER_BUNDLE', { overwrite: 'yes' }, 'payload.options.overwrite'],
    ['CREATE_AUDIO_DESIGN', { outputPath: 'x' }, 'payload.options.outputPath'],
    ['CREATE_AUDIO_DESIGN', { resume: 1 }, 'payload.options.resume'],
    ['CREATE_AUDIO_DESIGN', { resume: null }, 'payload.options.resume'],
    ['CREATE_AUDIO_DESIGN', { resume: true, override: true }, 'payload.options'],
    ['CREATE_AUDIO_DESIGN', json('{"__proto__": {"override": true}}'), 'payload.options.__proto__'],
    ['CREATE_AUDIO_DESIGN', { constructor: {} }, 'payload.options.constructor'],
    ['CREATE_AUDIO_DESIGN', { cascade: [] }, 'payload.options.cascade'],
    ['CREATE_CONSTITUTION', { guidance: '  ' }, 'payload.options.guidance'],
    ['CREATE_CONSTITUTION', { guidance: 'x'.repeat(10_001) }, 'payload.options.guidance'],
    ['CREATE_CHARACTER_MODEL_SHEET', { targetCharacterId: '' }, 'payload.options.targetCharacterId'],
    ['CREATE_CHARACTER_MODEL_SHEET', { targetCharacterId: ['tam'] }, 'payload.options.targetCharacterId'],
    ['CREATE_ENVIRONMENT_REFERENCE_IMAGE', { targetEnvironmentId: 'quay', resume: true }, 'payload.options'],
    [shots, { targetShotIndex: 1 }, 'payload.options'],
    ...[0, -1, 1.5, 1e300, Number.NaN, null, true, [3], {}, '', ' ', 'two', '1e999'].map(
      (index): [string, Record<string, unknown>, string] => [
        shots,
        inScenelet(index),
        'payload.options.targetShotIndex',
      ],
    ),
  ])('%s with %j', async (task, options, path) => {
    const { code, issues, message } = await refusal({ task, options });
    expect(code).toBe('invalid_input');
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    for (const words of [message, ...issues.map((issue) => issue.message)]) expect(words).not.toMatch(/--[a-z]/);
  });

  test('are all named at once', async () => {
    const { issues } = await refusal({ task: shots, options: { colour: 'red', outputPath: '/', size: 3 } });
    expect(issues.map(({ path }) => path)).toEqual(
      ['colour', 'outputPath', 'size'].map((name) => `payload.options.${name}`),
    );
  });

  test('are named as options, not as flags', async () => {
    const { issues } = await refusal({ task: shots, options: { targetShotIndex: 1 } });
    expect(issues[0]?.message).toBe(
      '"targetShotIndex" needs "targetSceneletId": shots are counted within their scenelet.',
    );
  });
});
