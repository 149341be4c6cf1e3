import { expect, test } from 'vitest';
import { uniqueIds } from './utils.ts';

test('equal ids get the next free suffix in their order; reserved ones are never given', () => {
  expect(uniqueIds(['Ada', 'ADA', 'Ada!'])).toEqual(['ada', 'ada-2', 'ada-3']);
  expect(uniqueIds(['Ada 2', 'Ada', 'Ada'])).toEqual(['ada-2', 'ada', 'ada-3']);
  expect(uniqueIds(['Narrator', 'NARRATOR'], ['narrator'])).toEqual(['narrator-2', 'narrator-3']);
  expect(uniqueIds(['🦊', '🦊'])).toEqual(['u-1f98a', 'u-1f98a-2']);
});
