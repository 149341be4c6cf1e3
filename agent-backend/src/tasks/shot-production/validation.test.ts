import type { Scenelet, StoryboardEntry } from '@story-tree/domain';
import {
  CAST,
  narrated,
  PLACES,
  spoken,
  tellableStory,
  visualDesignOf,
} from '@story-tree/testkit/stories/tellableStory.ts';
import { describe, expect, test } from 'vitest';
import { type ShotProductionReply, shotProductionReplySchema } from './schema.ts';
import { validateShots } from './validation.ts';

const design = visualDesignOf(CAST, PLACES);

/** The first scenelet, in which these lines are said. */
function sceneletWith(...lines: string[]): Scenelet {
  const [scenelet] = tellableStory().scenelets;
  if (scenelet === undefined) throw new Error('the story has scenelets');
  return { ...scenelet, content: { ...scenelet.content, dialogue: lines.map((line) => ({ character: 'Tam', line })) } };
}

function entry(over: Partial<StoryboardEntry> = {}): StoryboardEntry {
  return {
    framing_and_angle: 'Wide',
    composition_and_content: 'A quay',
    character_action_and_emotion: 'Tam waits',
    camera_dynamics: 'Still',
    lighting_and_atmosphere: 'Dusk',
    continuity_notes: '',
    referenced_designs: { characters: ['tam'], environments: ['quay'] },
    audio_and_narrative: [],
    ...over,
  };
}

/** A reply with these storyboard entries as its shots. */
const shots = (...entries: StoryboardEntry[]): ShotProductionReply => ({
  scenelet_id: 'scenelet-1',
  shots: entries.map((storyboard_entry, index) => ({ shot_index: index + 1, storyboard_entry })),
});

const saying = (...lines: string[]) =>
  shots(...lines.map((line) => entry({ audio_and_narrative: [spoken('tam', line)] })));
const issues = (reply: ShotProductionReply, scenelet = sceneletWith()) =>
  validateShots(reply, scenelet, design).map(({ path, message }) => `${path}: ${message}`);

describe('the shape of a storyboard entry', () => {
  const accepted = (storyboard_entry: unknown) =>
    shotProductionReplySchema.safeParse({ scenelet_id: 'scenelet-1', shots: [{ shot_index: 1, storyboard_entry }] })
      .success;

  test('takes monologue of the narrator, dialogue, and silence', () => {
    expect(accepted(entry({ audio_and_narrative: [narrated('Once.'), spoken('tam', '(softly) Yes.')] }))).toBe(true);
    expect(accepted(entry())).toBe(true);
  });

  test.each<[string, object]>([
    ['without referenced_designs', { referenced_designs: undefined }],
    ['with characters that are no list', { referenced_designs: { characters: 'tam', environments: [] } }],
    ['without environments', { referenced_designs: { characters: [] } }],
    ['without audio_and_narrative', { audio_and_narrative: undefined }],
    ['with audio that is no list', { audio_and_narrative: 'Once.' }],
    ['with an unknown type of audio', { audio_and_narrative: [{ type: 'song', source: 'narrator', line: 'La' }] }],
    ['with audio without a type', { audio_and_narrative: [{ source: 'narrator', line: 'Once.' }] }],
    ['with a monologue of a character', { audio_and_narrative: [{ type: 'monologue', source: 'tam', line: 'Hm.' }] }],
    ['with an empty line', { audio_and_narrative: [narrated(' ')] }],
    ['without a source', { audio_and_narrative: [{ type: 'dialogue', line: 'Yes.' }] }],
    ['without framing', { framing_and_angle: undefined }],
    ['without continuity notes', { continuity_notes: undefined }],
  ])('refuses one %s', (_what, over) => {
    expect(accepted({ ...entry(), ...over })).toBe(false);
  });

  test('refuses a scenelet without shots', () => {
    expect(shotProductionReplySchema.safeParse({ scenelet_id: 'scenelet-1', shots: [] }).success).toBe(false);
  });
});

test('ids must be in the visual design', () => {
  const lost = entry({
    referenced_designs: { characters: ['Tam'], environments: ['harrow-quay'] },
    audio_and_narrative: [spoken('stranger', 'Hello.')],
  });
  expect(issues(shots(entry(), lost))).toEqual([
    'shots.1.storyboard_entry.referenced_designs.characters: "Tam" is not in the visual design',
    'shots.1.storyboard_entry.referenced_designs.environments: "harrow-quay" is not in the visual design',
    'shots.1.storyboard_entry.audio_and_narrative: "stranger" is not in the visual design',
  ]);
});

test('the narrator has no dialogue', () => {
  expect(issues(shots(entry({ audio_and_narrative: [spoken('narrator', 'Once.')] })))).toEqual([
    'shots.0.storyboard_entry.audio_and_narrative: "narrator" is not in the visual design',
  ]);
});

test('a shot has two sources at most', () => {
  const two = [narrated('a'), spoken('tam', 'b'), narrated('c'), spoken('tam', 'd')];
  expect(issues(shots(entry({ audio_and_narrative: two })))).toEqual([]);
  expect(issues(shots(entry({ audio_and_narrative: [...two, spoken('zoe', 'e')] })))).toEqual([
    'shots.0.storyboard_entry.audio_and_narrative: at most 2 different sources in one shot',
  ]);
});

test('indices count from one without gaps, and the scenelet is the one asked for', () => {
  const reply = shots(entry(), entry(), entry());
  const [first, second, third] = reply.shots;
  if (!first || !second || !third) throw new Error('three shots');
  expect(issues(reply)).toEqual([]);
  expect(issues({ ...reply, shots: [second, first, third] })).toHaveLength(2);
  expect(issues({ ...reply, shots: [first, third] })).toEqual([
    'shots.1.shot_index: must be 2: shots count from 1 without gaps',
  ]);
  expect(issues({ ...reply, shots: [{ ...first, shot_index: 0 }] })).toHaveLength(1);
  expect(issues({ ...reply, scenelet_id: 'scenelet-2a' })).toEqual(['scenelet_id: must be "scenelet-1", the target']);
});

test('a scenelet has no more shots than anybody would pay for', () => {
  expect(issues(shots(...Array.from({ length: 100 }, () => entry())))).toEqual([]);
  expect(issues(shots(...Array.from({ length: 101 }, () => entry())))).toEqual([
    'shots: at most 100 shots for a scenelet',
  ]);
});

describe('every line of the scenelet is heard', () => {
  test.each<[string, string, string[]]>([
    ['as it stands', 'Listen to the sea.', ['Listen to the sea.']],
    ['with performance notes', 'Listen to the sea.', ['(whispering) Listen to (beat) the sea. [sighs]']],
    ['without the notes that it had', '(softly) Listen. (beat) Now.', ['Listen. Now.']],
    ['in other case and spacing', 'Listen   to\nthe sea.', ['LISTEN to the Sea.']],
    ['over several shots', 'Listen to the sea. It sings.', ['Listen to the sea.', '(pause) It sings.']],
    ['in a script without spaces, over several shots', '听海的声音，它在唱歌。', ['听海的声音，', '它在唱歌。']],
    ['with notes in wide brackets', '（轻声）听。', ['听。']],
    ['without notes within notes', '(quietly (almost)) Listen.', ['Listen.']],
    ['with a bracket that is left open within a note', '(sighs [deeply) Listen.', ['Listen.']],
    ['with brackets that only close', 'Listen) now.', ['Listen) now.']],
    ['with notes as deep as one likes', `${'(a '.repeat(50_000)}${')'.repeat(50_000)} Listen.`, ['Listen.']],
    ['with brackets that only open', 'Listen.', [`Listen. ${'('.repeat(100_000)}`]],
    ['with brackets that never meet', 'Listen.', [`Listen. ${'['.repeat(100_000)}${')'.repeat(100_000)}`]],
    ['with wide letters', 'ＯＫ!', ['OK!']],
    ['when it is nothing but notes', '(sighs)', ['Listen.']],
  ])('%s', (_what, line, heard) => {
    expect(issues(saying(...heard), sceneletWith(line))).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['Listen to the sea.', ['Listen to the wind.']],
    ['Listen to the sea.', ['(Listen to the sea.)']],
    ['Listen to the sea.', []],
  ])('%j is missed in %j', (line, heard) => {
    const reply = heard.length > 0 ? saying(...heard) : shots(entry());
    expect(issues(reply, sceneletWith(line))).toEqual([`shots: no shot holds Tam's line "${line}"`]);
  });
});
