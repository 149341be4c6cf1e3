import { describe, expect, it } from 'vitest';
import { contains } from './geometry.ts';
import { fromMap, mapScale, onMap } from './overview.ts';

const MAP = { width: 200, height: 140 };
const STORIES = {
  tall: { x: 0, y: 0, width: 7_400, height: 185_000 },
  long: { x: 0, y: 0, width: 30_000, height: 250 },
  small: { x: 0, y: 0, width: 900, height: 600 },
};

describe('the map', () => {
  it.each(Object.entries(STORIES))('holds the whole of a %s story', (_name, bounds) => {
    const { x, y, width, height } = onMap(bounds, mapScale(bounds, MAP));
    const map = { x: 0, y: 0, ...MAP };
    expect(contains(map, { x, y }) && contains(map, { x: x + width, y: y + height })).toBe(true);
  });

  it('widens what would be a thread', () => {
    const { width, height } = onMap(STORIES.tall, mapScale(STORIES.tall, MAP));
    expect(width).toBeGreaterThan(100);
    expect(height).toBeGreaterThan(100);
  });

  it('leads back to the canvas', () => {
    const scale = mapScale(STORIES.tall, MAP);
    const { x, y } = onMap({ x: 1_000, y: 90_000, width: 0, height: 0 }, scale);
    const back = fromMap({ x, y }, scale);
    expect(back.x).toBeCloseTo(1_000);
    expect(back.y).toBeCloseTo(90_000);
  });
});
