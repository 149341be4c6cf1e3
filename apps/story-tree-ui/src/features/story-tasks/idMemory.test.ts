import { expect, it, vi } from 'vitest';
import { createIdMemory } from './idMemory.ts';

function aStorage(initial: Record<string, string> = {}) {
  const items = new Map(Object.entries(initial));
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => items.set(key, text),
  };
  return { items, open: () => storage as unknown as Storage };
}

it('remembers ids, for every tab that shares the storage', () => {
  const { open } = aStorage();
  const [one, other] = [createIdMemory('k', open), createIdMemory('k', open)];
  const listener = vi.fn();
  one.subscribe(listener);
  one.add('a');
  other.add('b');

  expect(listener).toHaveBeenCalledTimes(1);
  expect([...one.all()]).toEqual(['a', 'b']);
  expect(one.all()).toBe(one.all());
});

it('forgets the oldest', () => {
  const { open } = aStorage();
  const memory = createIdMemory('k', open);
  for (let id = 0; id < 310; id += 1) memory.add(`${id}`);

  expect(memory.all().size).toBe(300);
  expect(memory.all().has('9')).toBe(false);
  expect(memory.all().has('10')).toBe(true);
});

it.each(['{', '{"a":1}', '[1,null]'])('takes nothing from what is not its own: %s', (text) => {
  expect(createIdMemory('k', aStorage({ k: text }).open).all().size).toBe(0);
});

it('works without a storage, for as long as the page lasts', () => {
  const memory = createIdMemory('k', () => {
    throw new Error('not allowed');
  });
  memory.add('a');

  expect([...memory.all()]).toEqual(['a']);
});
