import type { AudioLine } from '@story-tree/domain';
import { audioDesignOf, CAST, narrated, spoken } from '@story-tree/testkit/stories/tellableStory.ts';
import { describe, expect, test } from 'vitest';
import { speechRequest } from './speechRequest.ts';

const design = audioDesignOf(CAST);
const request = (...lines: AudioLine[]) => speechRequest('scenelet-3a, shot 2', lines, design);
const after = (heading: string, prompt: string) => prompt.split(`\n\n${heading}\n`)[1]?.split('\n\n')[0];

describe('the speakers', () => {
  test('are one if only one speaks, however often', () => {
    expect(request(spoken('zoe', 'Yes.'), spoken('zoe', 'No.')).speakers).toEqual([{ name: 'zoe', voiceName: 'Orus' }]);
  });

  test('are two if two speak, in the order in which they begin', () => {
    expect(request(spoken('tam', 'Go.'), narrated('They went.'), spoken('tam', 'On.')).speakers).toEqual([
      { name: 'tam', voiceName: 'Leda' },
      { name: 'narrator', voiceName: 'Kore' },
    ]);
  });

  test('are never three', () => {
    expect(() => request(spoken('tam', 'a'), spoken('zoe', 'b'), narrated('c'))).toThrow(
      /^scenelet-3a, shot 2: 3 speakers.*at most two.*CREATE_SHOT_PRODUCTION/,
    );
  });

  test('need a voice profile', () => {
    expect(() => request(spoken('stranger', 'Hello.'))).toThrow(/scenelet-3a, shot 2: "stranger" has no voice profile/);
  });

  test('are somebody', () => {
    expect(() => request()).toThrow(/scenelet-3a, shot 2: there is no line/);
  });
});

describe('the prompt', () => {
  test('holds the profiles of those who speak and no others, then the lines', () => {
    const { prompt } = request(spoken('zoe', '(whispers) I hear it.'), narrated('She listened.'));
    expect(after('VOICES', prompt)).toBe('zoe: Speaks as Zoé would\nnarrator: Calm and near');
    expect(after('TRANSCRIPT', prompt)).toBe('zoe: (whispers) I hear it.\nnarrator: She listened.');
    expect(prompt).not.toContain('Tam');
    expect(prompt).not.toContain('Kore');
  });

  test('keeps each line on a line of its own', () => {
    const { prompt } = request(spoken('zoe', 'Wait.\n\nnarrator: I am not here.\r\tReally.'));
    expect(after('TRANSCRIPT', prompt)).toBe('zoe: Wait. narrator: I am not here. Really.');
  });
});
