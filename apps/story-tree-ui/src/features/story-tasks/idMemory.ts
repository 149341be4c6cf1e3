/** Ids that this browser remembers, in all its tabs; the oldest are forgotten first. */
export interface IdMemory {
  /** The same set while nothing has been added. */
  all(): ReadonlySet<string>;
  add(id: string): void;
  subscribe(listener: () => void): () => void;
}

const LENGTH = 300;

/** @param storage where they are kept; a browser may refuse it, and then they are forgotten with the page */
export function createIdMemory(key: string, storage: () => Storage = () => localStorage): IdMemory {
  const listeners = new Set<() => void>();
  let text: string | null = null;
  let ids: ReadonlySet<string> = new Set();

  function all(): ReadonlySet<string> {
    const stored = readFrom(storage, key);
    if (stored !== null && stored !== text) {
      text = stored;
      ids = new Set(parse(stored));
    }
    return ids;
  }

  return {
    all,
    add(id) {
      const next = [...all(), id].slice(-LENGTH);
      ids = new Set(next);
      text = JSON.stringify(next);
      writeTo(storage, key, text);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      globalThis.addEventListener?.('storage', listener);
      return () => {
        listeners.delete(listener);
        globalThis.removeEventListener?.('storage', listener);
      };
    },
  };
}

function readFrom(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function writeTo(storage: () => Storage, key: string, text: string): void {
  try {
    storage().setItem(key, text);
  } catch {
    // Full, or not allowed: what is kept in this page has to do.
  }
}

function parse(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
