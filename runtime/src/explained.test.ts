import { StoryTreeError } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { explained } from './explained.ts';

test.each([
  [new TypeError('x is\nundefined'), 'Something went wrong that Story Tree did not expect. (x is undefined)'],
  [new StoryTreeError('internal', 'It failed.'), 'It failed.'],
  [new StoryTreeError('not_configured', 'Set PORT.', { cause: new Error('EADDRINUSE') }), 'Set PORT.'],
])('%o', (thrown, sentence) => {
  expect(explained(thrown)).toBe(sentence);
});
