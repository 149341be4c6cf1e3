declare global {
  /** Closes what test files of this process share. Global, since Vitest loads its environments apart from tests. */
  var closeWhatTestsShare: Set<() => Promise<unknown>> | undefined;
}

/**
 * Has something made once for all test files that run in this process, when the first asks for it. It is closed before
 * the process ends.
 */
export function shared<T>(make: () => Promise<T>, close: (made: T) => Promise<unknown>): () => Promise<T> {
  let making: Promise<T> | undefined;
  return () => {
    if (making === undefined) {
      const made = make();
      making = made;
      globalThis.closeWhatTestsShare ??= new Set();
      // What could not be made has failed a test already.
      globalThis.closeWhatTestsShare.add(() => made.then(close, () => undefined));
    }
    return making;
  };
}

/** Closes all of it. */
export async function closeShared(): Promise<void> {
  await Promise.all([...(globalThis.closeWhatTestsShare ?? [])].map((close) => close()));
}
