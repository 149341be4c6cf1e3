import { normalizeNameToId } from '@story-tree/domain';

export { normalizeNameToId };

/**
 * Ids for names in their order; a name that gives an id already taken gets the next free suffix: `ada`, `ada-2`, …
 * Reserved ids count as taken.
 */
export function uniqueIds(names: readonly string[], reserved: readonly string[] = []): string[] {
  const taken = new Set(reserved);
  return names.map((name) => {
    const base = normalizeNameToId(name);
    let id = base;
    for (let suffix = 2; taken.has(id); suffix += 1) id = `${base}-${suffix}`;
    taken.add(id);
    return id;
  });
}
