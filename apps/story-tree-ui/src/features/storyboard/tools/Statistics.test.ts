import { expect, it } from 'vitest';
import { testBoard } from '../model/testTrees.ts';
import { treeStatistics } from './Statistics.tsx';

it('counts scenelets, choices, endings, open paths and depth', () => {
  expect(treeStatistics(testBoard().tree)).toEqual({ scenelets: 6, branchPoints: 2, endings: 3, open: 1, depth: 3 });
  expect(treeStatistics(testBoard([]).tree)).toEqual({ scenelets: 0, branchPoints: 0, endings: 0, open: 0, depth: 0 });
});
