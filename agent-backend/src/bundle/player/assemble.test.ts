import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { assemblePlayer, TEMPLATE } from './assemble.ts';

it('the committed player is what its sources give (after a change: node agent-backend/src/bundle/player/assemble.ts)', async () => {
  expect(await readFile(TEMPLATE, 'utf8')).toBe(await assemblePlayer());
});
