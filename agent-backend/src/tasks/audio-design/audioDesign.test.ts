import { type AudioDesignReply, audioDesignReplySchema } from '@story-tree/domain';
import {
  audioDesignOf,
  CAST,
  PLACES,
  tellableStory,
  visualDesignOf,
} from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { validateAudioDesign, withCharacterIds } from './validation.ts';

/** What the model answers: names, no ids. Voices differ by place in the list. */
function reply(...names: string[]): AudioDesignReply {
  const design = audioDesignOf(Object.fromEntries(names.map((name, index) => [`x${index}`, name])));
  const profiles = design.character_voice_profiles.map(({ character_id: _, ...rest }) => rest);
  return { ...design, character_voice_profiles: profiles };
}

const { scenelets } = tellableStory();
const issues = (document: AudioDesignReply, characters: Record<string, string>) =>
  validateAudioDesign(document, visualDesignOf(characters, PLACES), scenelets).map(({ message }) => message);

describe('every character has exactly one voice profile', () => {
  test('by its name, in whatever spelling', () => {
    expect(issues(reply('ZOE', 'Bo', 'Tam'), CAST)).toEqual([]);
  });

  test('also where characters have equal names', () => {
    const threeAdas = { ada: 'Ada', 'ada-2': 'ADA', 'ada-3': 'Ada' };
    expect(issues(reply('Ada', 'Ada', 'Ada'), threeAdas)).toEqual([]);
    expect(issues(reply('Ada'), threeAdas)).toEqual(['"Ada" needs 3 voice profile(s) and has 1']);
  });

  test.each([
    ['a missing one', reply('Tam', 'Zoé'), '"Bo" needs 1 voice profile(s) and has 0'],
    ['one too many', reply('Tam', 'Zoé', 'Bo', 'Bo'), '"Bo" needs 1 voice profile(s) and has 2'],
    ['one for a stranger', reply('Tam', 'Zoé', 'Bo', 'Ada'), '"Ada" needs 0 voice profile(s) and has 1'],
    ['one for the narrator', reply('Tam', 'Zoé', 'Bo', 'Narrator'), '"Narrator" needs 0 voice profile(s) and has 1'],
  ])('not %s', (_what, wrong, message) => {
    expect(issues(wrong, CAST)).toEqual([message]);
  });
});

test('profiles get the ids of their characters; equal names take theirs in order', () => {
  const design = visualDesignOf({ ada: 'Ada', bo: 'Bo', 'ada-2': 'Ada', 'narrator-2': 'Narrator' }, PLACES);
  const { character_voice_profiles: profiles } = withCharacterIds(reply('Narrator', 'Ada', 'ada', 'Bo'), design);
  expect(
    profiles.map(({ character_id, character_name, voice_name }) => [character_id, character_name, voice_name]),
  ).toEqual([
    ['narrator-2', 'Narrator', 'Puck'],
    ['ada', 'Ada', 'Leda'],
    ['ada-2', 'ada', 'Orus'],
    ['bo', 'Bo', 'Aoede'],
  ]);
});

test('cues may name only scenelets that exist', () => {
  const cue = { cue_name: 'Theme', cue_description: '', music_generation_prompt: '' };
  const music_and_ambience_cues = [{ ...cue, associated_scenelet_ids: ['scenelet-2a', 'scenelet-3'] }];
  expect(issues({ ...reply('Tam', 'Zoé', 'Bo'), music_and_ambience_cues }, CAST)).toEqual([
    'there is no scenelet "scenelet-3"',
  ]);
});

describe('the shape of a reply', () => {
  const whole = reply('Tam');
  const [profile] = whole.character_voice_profiles;
  const { narrator_voice_profile: narrator, ...unnarrated } = whole;

  test.each([
    ['no narrator', unnarrated],
    ['a narrator without a voice', { ...whole, narrator_voice_profile: { ...narrator, voice_name: undefined } }],
    ['a narrator without a profile', { ...whole, narrator_voice_profile: { ...narrator, voice_profile: undefined } }],
    ['another id for the narrator', { ...whole, narrator_voice_profile: { ...narrator, character_id: 'teller' } }],
    ['a character without a voice', { ...whole, character_voice_profiles: [{ ...profile, voice_name: undefined }] }],
    ['a voice that does not exist', { ...whole, character_voice_profiles: [{ ...profile, voice_name: 'Bob' }] }],
  ])('must not have %s', (_what, wrong) => {
    expect(audioDesignReplySchema.safeParse(wrong).success).toBe(false);
  });
});

test('is asked for with the visual design, and stored with ids', async () => {
  const { workflow, models, state } = workflowRig(tellableStory({ audioDesignDocument: null }), {
    text: () => reply('Zoé', 'Tam', 'Bo'),
  });
  await (await workflow()).runTask('CREATE_AUDIO_DESIGN');
  const [request] = models.requests;
  expect(request?.kind === 'text' && request.turns[0]?.text).toContain('"character_id": "zoe"');
  const stored = (await state()).story.audioDesignDocument;
  expect(stored?.character_voice_profiles.map(({ character_id }) => character_id)).toEqual(['zoe', 'tam', 'bo']);
});

describe('a stored document is checked as it is loaded', () => {
  const { narrator_voice_profile: narrator, ...unnarrated } = audioDesignOf(CAST);
  const [first, ...others] = audioDesignOf(CAST).character_voice_profiles;
  const voiceless = [{ ...first, voice_name: undefined }, ...others];
  const nameless = [{ ...first, character_id: undefined }, ...others];

  test.each([
    ['the narrator', unnarrated, 'narrator_voice_profile'],
    ['a voice', { ...unnarrated, narrator_voice_profile: narrator, character_voice_profiles: voiceless }, 'voice_name'],
    ['an id', { ...unnarrated, narrator_voice_profile: narrator, character_voice_profiles: nameless }, 'character_id'],
  ])('and refused without %s, before any speech is paid for', async (_what, document, field) => {
    const broken = tellableStory();
    Object.assign(broken.story, { audioDesignDocument: document });
    const { workflow, models } = workflowRig(broken);
    const failure = await failureOf((await workflow()).runTask('CREATE_SHOT_AUDIO'));
    expect(failure.code).toBe('invalid_input');
    expect(failure.message).toContain(field);
    expect(failure.message).toContain('Run CREATE_AUDIO_DESIGN');
    expect(models.requests).toHaveLength(0);
  });
});
