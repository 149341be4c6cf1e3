/** Work done in rounds, one at a time: when somebody calls for one, and at intervals while it is wanted. */
export interface Rounds {
  /** Asks for a round that begins after this call; any number of calls during one round make one more. */
  call(): void;
  /** No round begins any more; resolved when the last one is done. */
  stop(): Promise<void>;
}

export interface RoundsOptions {
  round(): Promise<void>;
  /** Whether to go on without being called. */
  isWanted(): boolean;
  everyMs: number;
  /** The work failed; it is tried again after `everyMs`. Called once until it works again. */
  onError(error: unknown): void;
}

export function createRounds({ round, isWanted, everyMs, onError }: RoundsOptions): Rounds {
  let stopped = false;
  let calledAgain = false;
  let isFailing = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function run() {
    try {
      do {
        calledAgain = false;
        await round();
      } while (calledAgain && !stopped);
      isFailing = false;
    } catch (error) {
      if (!isFailing) onError(error);
      isFailing = true;
    }
    running = undefined;
    if (isWanted() && !stopped) timer = setTimeout(call, everyMs).unref();
  }

  function call() {
    if (stopped) return;
    calledAgain = true;
    if (running !== undefined) return;
    clearTimeout(timer);
    running = run();
  }

  return {
    call,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
