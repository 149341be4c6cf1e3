/** A page does not wait longer for what it can ask for itself, in milliseconds. */
const PATIENCE_MS = 1_000;

/** An answer that a page on the server can do without: null when it fails, or takes too long. */
export function soon<T>(answer: Promise<T>): Promise<T | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  return Promise.race([answer.catch(() => null), tooLate]);
}
