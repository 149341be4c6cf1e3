import { setImmediate as turn } from 'node:timers/promises';
import type { StoryState } from '@story-tree/domain';
import { narrated, spoken, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import type { SpeechRequest } from '../../models/ports.ts';
import { PLAIN_MEDIA } from '../../testing/scriptedModels.ts';

const TASK = 'CREATE_SHOT_AUDIO';
const transcriptOf = ({ prompt }: Pick<SpeechRequest, 'prompt'>) => prompt.split('\nTRANSCRIPT\n')[1];

/** The last shot has three speakers. */
function crowded(): StoryState {
  const state = tellableStory();
  const crowd = [narrated('Hush.'), spoken('tam', 'Listen.'), spoken('zoe', 'I hear it.')];
  const shots = state.shots.map((shot, index) =>
    index === 3 ? { ...shot, storyboard: { ...shot.storyboard, audio_and_narrative: crowd } } : shot,
  );
  return { ...state, shots };
}

test('shots are spoken one after another, in the order of scenelets and shots', async () => {
  const said: string[] = [];
  let speaking = 0;
  const { workflow } = workflowRig(tellableStory(), {
    async speech(request) {
      speaking += 1;
      expect(speaking).toBe(1);
      await turn();
      said.push(transcriptOf(request) ?? '');
      speaking -= 1;
      return new Uint8Array(480);
    },
  });
  await (await workflow()).runTask(TASK);
  expect(said).toEqual([
    'narrator: The tide went out.',
    'tam: Listen.\nzoe: (whispers) I hear it.',
    'narrator: They went.',
  ]);
});

test('a shot without lines is silent by design: no call, and the task is complete', async () => {
  const { workflow, models, state } = workflowRig(tellableStory(), PLAIN_MEDIA);
  expect(await (await workflow()).runTask(TASK)).toMatchObject({ made: 3, total: 3 });
  expect(models.requests).toHaveLength(3);
  expect((await state()).shots.map(({ audioFilePath }) => audioFilePath !== null)).toEqual([true, true, false, true]);
  const silent = await workflow({ shotAudioTaskOptions: { targetSceneletId: 'scenelet-2a' } });
  expect(await silent.runTask(TASK)).toMatchObject({ status: 'skipped', total: 0 });
});

test('the sound is where the row says, as a WAV', async () => {
  const before = tellableStory();
  const { workflow, state, assets } = workflowRig(before, PLAIN_MEDIA);
  await (await workflow({ shotAudioTaskOptions: { targetSceneletId: 'scenelet-1', targetShotIndex: 2 } })).runTask(
    TASK,
  );
  const path = `generated/${before.story.id}/shots/scenelet-1/2_audio.wav`;
  expect((await state()).shots.map(({ audioFilePath }) => audioFilePath)).toEqual([null, path, null, null]);
  expect(Buffer.from(await assets.read(path)).toString('latin1', 0, 4)).toBe('RIFF');
});

describe('three speakers in one shot', () => {
  test('are found before the first call, naming the shot', async () => {
    const { workflow, models, writes } = workflowRig(crowded());
    const failure = await failureOf((await workflow()).runTask(TASK));
    expect(failure.code).toBe('invalid_input');
    expect(failure.message).toContain('scenelet-2b, shot 1: 3 speakers');
    expect(models.requests).toHaveLength(0);
    expect(writes()).toEqual([]);
  });

  test('do not prevent other targets from being spoken', async () => {
    const { workflow, models } = workflowRig(crowded(), PLAIN_MEDIA);
    await (await workflow({ shotAudioTaskOptions: { targetSceneletId: 'scenelet-1' } })).runTask(TASK);
    expect(models.requests).toHaveLength(2);
  });
});

describe('the log of each request', () => {
  /** A voice described at length makes a prompt that the journal stores apart. */
  function eloquent(): StoryState {
    const state = tellableStory();
    const narrator = state.story.audioDesignDocument?.narrator_voice_profile;
    if (narrator) narrator.voice_profile = 'Unhurried, near, amused. '.repeat(200);
    return state;
  }

  test('holds model, prompt and speakers in full, and nothing binary', async () => {
    const { workflow, models, logged } = workflowRig(eloquent(), PLAIN_MEDIA);
    await (await workflow()).runTask(TASK);
    const told = logged.filter(({ level, message }) => level === 'debug' && message === 'model request');
    expect(told.map(({ fields }) => fields.request)).toEqual(
      models.requests.map(
        (request) =>
          request.kind === 'speech' && {
            ...{ kind: 'speech', model: 'scripted-speech' },
            ...{ prompt: request.prompt, speakers: request.speakers },
          },
      ),
    );
    for (const { fields } of logged) {
      JSON.stringify(fields, (_key, value: unknown) => {
        expect(ArrayBuffer.isView(value)).toBe(false);
        return value;
      });
    }
  });
});
