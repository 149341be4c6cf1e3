import { Worker } from 'node:worker_threads';

/** Milliseconds, the start of a thread on a busy machine included. A document that can be repaired takes a few. */
const PATIENCE_MS = 5_000;

/** Megabytes that a repair may take, far more than any document needs. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/**
 * A JSON text with its slips of notation repaired, or undefined when that is beyond hope. The library takes more than
 * quadratic time with some texts (sixteen thousand stray quotes: a minute), and recurses as deep as they nest: it works in
 * a thread of its own, which is ended when it takes too long.
 */
export async function repairJson(text: string): Promise<string | undefined> {
  const worker = new Worker(new URL('./repairJsonWorker.ts', import.meta.url), {
    workerData: text,
    resourceLimits: MEMORY,
    // Neither what this process loads first nor what its environment holds is of use there.
    execArgv: [],
    env: {},
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(resolve, PATIENCE_MS, undefined);
  worker.once('message', resolve);
  // A text beyond repair, or one that takes all of its memory.
  worker.once('error', () => resolve(undefined));
  worker.once('exit', () => resolve(undefined));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
