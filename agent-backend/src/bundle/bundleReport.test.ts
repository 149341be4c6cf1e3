import { expect, it } from 'vitest';
import { type BundleReport, describeBundleReport } from './bundleReport.ts';

const EMPTY: BundleReport = {
  scenelets: 1,
  shots: 2,
  keyFrames: 2,
  speeches: 1,
  musicCues: 0,
  excluded: [],
  incomplete: [],
  warnings: [],
};

it('is one line when all went well', () => {
  expect(describeBundleReport(EMPTY)).toEqual(['Bundled 1 scenelet with 2 shots: 2 key frames, 1 speech file.']);
  expect(describeBundleReport({ ...EMPTY, musicCues: 2 })[0]).toContain(', 2 music cues.');
});

it('names what was left out, where the story stops and what is missing', () => {
  const lines = describeBundleReport({
    ...EMPTY,
    excluded: [
      { sceneletId: 'scenelet-3a', reason: 'no_assets' },
      { sceneletId: 'scenelet-4a', reason: 'unreachable' },
    ],
    incomplete: ['scenelet-2'],
    warnings: [
      { sceneletId: 'scenelet-1', shotIndex: 2, asset: 'speech', reason: 'file_missing' },
      { sceneletId: 'scenelet-1', shotIndex: 3, asset: 'key frame', reason: 'not_made' },
    ],
  });
  expect(lines.slice(1)).toEqual([
    'Left out scenelet-3a: none of its shots has a key frame or speech.',
    'Left out scenelet-4a: no playable scenelet leads to it.',
    'The story stops at scenelet-2: nothing playable follows it yet.',
    'scenelet-1, shot 2: the speech is recorded, but its file is missing.',
    'scenelet-1, shot 3: the key frame has not been made yet.',
  ]);
});

it('counts what would be too long to list', () => {
  const excluded = Array.from({ length: 2_000 }, (_, index) => ({
    sceneletId: `scenelet-${index}`,
    reason: 'unreachable' as const,
  }));
  const lines = describeBundleReport({ ...EMPTY, excluded });
  expect(lines.length).toBeLessThan(15);
  expect(lines.at(-1)).toBe('… and 1990 more left out.');
});
