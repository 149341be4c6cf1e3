import type { StoryState } from '@story-tree/domain';
import { narrated, spoken, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import type { TextRequest } from '../../models/ports.ts';
import type { ShotProductionReply } from './schema.ts';

const TASK = 'CREATE_SHOT_PRODUCTION';
const unshot = (): StoryState => ({ ...tellableStory(), shots: [] });
const targetOf = (request: TextRequest) => /\nTarget: (\S+)$/.exec(request.turns[0]?.text ?? '')?.[1] ?? '';

/** One shot for the scenelet of the request, as the fixture's first shot. */
function oneShot(request: TextRequest, lines = [narrated(`At ${targetOf(request)}.`)]): ShotProductionReply {
  const [shot] = tellableStory().shots;
  if (shot === undefined) throw new Error('the story has shots');
  const storyboard_entry = { ...shot.storyboard, audio_and_narrative: lines };
  return { scenelet_id: targetOf(request), shots: [{ shot_index: 1, storyboard_entry }] };
}

test('each scenelet gets its shots from one call, stored in the order of the story', async () => {
  const { workflow, models, state } = workflowRig(unshot(), { text: (request) => oneShot(request) });
  await (await workflow()).runTask(TASK);
  const { shots, scenelets } = await state();
  expect(models.requests).toHaveLength(3);
  expect(
    shots.map(({ sceneletSequence, shotIndex, storyboard }) => [
      ...[sceneletSequence, shotIndex, storyboard.audio_and_narrative[0]?.line],
    ]),
  ).toEqual(scenelets.map(({ label }, index) => [index + 1, 1, `At ${label}.`]));
  expect(shots.every((shot) => shot.keyFrameImagePath === null && shot.audioFilePath === null)).toBe(true);
});

test('each request is the shared part, then its target', async () => {
  const { workflow, models } = workflowRig(unshot(), { text: (request) => oneShot(request) });
  await (await workflow()).runTask(TASK);
  for (const request of models.requests) {
    if (request.kind !== 'text') throw new Error('shots are asked for as text');
    expect(request.turns[0]?.text).toBe(`${request.sharedPrefix}Target: ${targetOf(request)}`);
    expect(request.sharedPrefix).toContain('"narrator_voice_profile"');
    expect(request.sharedPrefix).toContain('"environment_id": "quay"');
  }
});

test('three sources in a shot are re-asked, then stored with two', async () => {
  const crowd = [narrated('Hush.'), spoken('tam', 'Listen.'), spoken('zoe', 'I hear it.')];
  const { workflow, models, state } = workflowRig(unshot(), {
    text: (request) =>
      oneShot(request, targetOf(request) === 'scenelet-2b' && request.turns.length === 1 ? crowd : crowd.slice(1)),
  });
  await (await workflow()).runTask(TASK);
  const asked = models.requests.map((request) => request.kind === 'text' && request.turns.length);
  expect(asked.toSorted()).toEqual([1, 1, 1, 3]);
  const again = models.requests.find((request) => request.kind === 'text' && request.turns.length === 3);
  expect(again?.kind === 'text' && again.turns[2]?.text).toContain('at most 2 different sources in one shot');
  expect((await state()).shots.map(({ storyboard }) => storyboard.audio_and_narrative.length)).toEqual([2, 2, 2]);
});

test('after two re-asks the task fails, keeps the other shots, and discards the replies that led to nothing', async () => {
  const { workflow, journal, state } = workflowRig(unshot(), {
    text(request) {
      const reply = oneShot(request);
      return targetOf(request) === 'scenelet-2a' ? { ...reply, scenelet_id: 'elsewhere' } : reply;
    },
  });
  const failure = await failureOf((await workflow()).runTask(TASK));
  expect(failure.code).toBe('model_reply_invalid');
  expect(failure.message).toContain('must be "scenelet-2a", the target');
  const calls = Object.groupBy(journal.calls, ({ unitKey }) => unitKey);
  expect(calls['scenelet-2a']?.map(({ status }) => status)).toEqual(['discarded', 'discarded', 'discarded']);
  const stored = await state();
  const [first, , third] = stored.scenelets;
  expect(stored.shots.map(({ sceneletId }) => sceneletId)).toEqual([first?.id, third?.id]);
});

test('shots made before the script grew get their new places', async () => {
  const before = tellableStory();
  const late = before.shots.filter(({ sceneletSequence }) => sceneletSequence === 3);
  const moved = { ...before, shots: late.map((shot) => ({ ...shot, sceneletSequence: 1 })) };
  const { workflow, state } = workflowRig(moved, { text: (request) => oneShot(request) });
  await (await workflow({ shotProductionTaskOptions: { resume: true } })).runTask(TASK);
  const after = await state();
  expect(after.shots.map(({ sceneletSequence }) => sceneletSequence)).toEqual([1, 2, 3]);
  expect(after.shots[2]).toEqual(late[0]);
});
