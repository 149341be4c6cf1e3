/**
 * Has at most one of all tabs lead at a time, by a lock of the browser: whoever stands in line next follows when a leader
 * goes. `lead` is called with a signal that aborts when the turn is over.
 * @returns takes the lead at once, from a leader that does not answer
 */
export function takeTurns(name: string, signal: AbortSignal, lead: (turn: AbortSignal) => void): () => void {
  function standInLine(ahead: boolean): void {
    const turn = new AbortController();
    navigator.locks
      .request(name, ahead ? { steal: true } : { signal }, async () => {
        if (signal.aborted) return;
        lead(AbortSignal.any([signal, turn.signal]));
        await aborted(signal);
      })
      .catch(() => {
        // Another tab has taken the lead, which happens to one that slept, or we are leaving the line.
        turn.abort();
        if (!signal.aborted) standInLine(false);
      });
  }
  standInLine(false);
  return () => standInLine(true);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
