import { describe, expect, it } from 'vitest';
import { growSeedling } from './seedling.ts';

describe('a seedling', () => {
  it('is the same for the same text, and another for another', () => {
    expect(growSeedling('one')).toEqual(growSeedling('one'));
    expect(growSeedling('one')).not.toEqual(growSeedling('two'));
  });

  it('has leaves, and stays within a size that a page can draw many of', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const { strokes, leaves } = growSeedling(`story ${seed}`);
      expect(leaves.length).toBeGreaterThan(3);
      expect(strokes.length).toBeLessThan(400);
      for (const { x, y } of leaves) expect(x > -40 && x < 200 && y > -20 && y < 92).toBe(true);
    }
  });
});
