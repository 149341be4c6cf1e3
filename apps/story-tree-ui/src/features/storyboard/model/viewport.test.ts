import { describe, expect, it } from 'vitest';
import { contains, overlap, visibleBox } from './geometry.ts';
import { arrival, brought, centred, fit, levelOfDetail, MAX_ZOOM, MIN_ZOOM, opening, zoomed } from './viewport.ts';

const SIZE = { width: 1200, height: 800 };
const HUGE = { x: 0, y: 0, width: 8_000, height: 190_000 };
const ROOT = { x: 0, y: 95_000, width: 288, height: 200 };

describe('the view', () => {
  it('fits a whole story, of any size, and never enlarges it', () => {
    for (const box of [HUGE, { x: 10, y: 20, width: 900, height: 500 }, { x: 0, y: 0, width: 20_000, height: 300 }]) {
      const view = fit(box, SIZE);
      const seen = visibleBox(view, SIZE);
      expect(contains(seen, box) && contains(seen, { x: box.x + box.width, y: box.y + box.height })).toBe(true);
    }
    expect(fit({ x: 0, y: 0, width: 10, height: 10 }, SIZE).zoom).toBe(1);
    expect(fit(HUGE, SIZE).zoom).toBeGreaterThan(MIN_ZOOM);
  });

  it('opens with a small story as a whole and with the beginning of a large one', () => {
    const small = { x: 0, y: 0, width: 1_500, height: 700 };
    expect(opening(small, ROOT, SIZE)).toEqual(fit(small, SIZE));
    const view = opening(HUGE, ROOT, SIZE);
    expect(levelOfDetail(view.zoom)).toBe('card');
    expect(overlap(visibleBox(view, SIZE), ROOT)).toBe(true);
    expect(view.x).toBeGreaterThan(0);
  });

  it('arrives large enough to read', () => {
    expect(levelOfDetail(arrival(ROOT, SIZE, 0.1).zoom)).toBe('card');
    expect(arrival(ROOT, SIZE, 1.5).zoom).toBe(1.5);
    const low = arrival({ ...ROOT, height: 400 }, { width: 390, height: 320 }, 0.1);
    expect(levelOfDetail(low.zoom)).toBe('card');
    expect(low.zoom).toBeLessThan(arrival(ROOT, SIZE, 0.1).zoom);
  });

  it('moves no further than needed to show a card', () => {
    const view = centred(ROOT, SIZE, 1);
    expect(brought(ROOT, view, SIZE)).toEqual(view);
    const aside = { ...ROOT, x: 3_000 };
    const moved = brought(aside, view, SIZE);
    expect(moved.y).toBe(view.y);
    expect(contains(visibleBox(moved, SIZE), { x: aside.x + aside.width, y: aside.y })).toBe(true);
    const tall = { ...ROOT, height: 5_000 };
    expect(visibleBox(brought(tall, view, SIZE), SIZE).y).toBeLessThanOrEqual(tall.y);
  });

  it('zooms about a card that is in sight, else about the middle, within limits', () => {
    const view = { x: 0, y: 0, zoom: 1 };
    const away = { x: 5_000, y: 0, width: 100, height: 100 };
    expect(zoomed(view, SIZE, 0.5, away)).toEqual({ x: 300, y: 200, zoom: 0.5 });
    expect(zoomed(view, SIZE, 0.5, { x: 0, y: 0, width: 200, height: 100 })).toEqual({ x: 50, y: 25, zoom: 0.5 });
    expect(zoomed(view, SIZE, 99, away).zoom).toBe(MAX_ZOOM);
    expect(zoomed(view, SIZE, 0, away).zoom).toBe(MIN_ZOOM);
  });
});

describe('the level of detail', () => {
  it('has three steps', () => {
    expect([0.01, 0.2, 0.36, 0.5, 0.66, 1, 2].map(levelOfDetail)).toEqual([
      'structure',
      'structure',
      'title',
      'title',
      'card',
      'card',
      'card',
    ]);
  });
});
