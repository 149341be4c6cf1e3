import { describe, expect, it } from 'vitest';
import { createPlaces } from './limits.ts';

const LIMITS = { perCaller: 2, inAll: 3, retryAfterS: 7, sentence: 'Too many: wait.' };
const REFUSED = expect.objectContaining({ code: 'too_many_requests', details: { retryAfter: '7' } });

describe('places', () => {
  it('are refused to a caller that has too many, and not to another', () => {
    const places = createPlaces(LIMITS);
    const give = places.take('ada');
    places.take('ada');
    expect(() => places.take('ada')).toThrow(REFUSED);
    places.take('grace');
    expect(places.taken()).toBe(3);
    give();
    expect(() => places.take('ada')).not.toThrow();
  });

  it('are refused to everybody once all are taken', () => {
    const places = createPlaces(LIMITS);
    for (const caller of ['ada', 'ada', 'grace']) places.take(caller);
    expect(() => places.take('mary')).toThrow(REFUSED);
  });

  it('are given back once, however often that is said', () => {
    const places = createPlaces(LIMITS);
    const give = places.take('ada');
    places.take('ada');
    give();
    give();
    expect(places.taken()).toBe(1);
    places.take('ada');
    expect(() => places.take('ada')).toThrow(REFUSED);
  });
});
