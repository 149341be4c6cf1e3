/** How long a reader may pause, in milliseconds, before it is considered gone. */
const STALL_MS = 60_000;

/**
 * Streams what a generator makes, as fast as it is read. `discard` is called at the end, also when nobody reads any or
 * all of it.
 */
export function readableUntil(chunks: AsyncGenerator<Uint8Array>, discard: () => void): ReadableStream<Uint8Array> {
  let watch: NodeJS.Timeout | undefined;

  /** Before `discard`: what the generator has open is closed then. */
  async function end(): Promise<void> {
    clearTimeout(watch);
    await chunks.return(undefined).catch(() => undefined);
    discard();
  }

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(watch);
      try {
        const { done, value } = await chunks.next();
        if (!done) {
          watch = setTimeout(() => {
            controller.error(new Error('Nobody has read any of it for a minute.'));
            void end();
          }, STALL_MS);
          return controller.enqueue(value);
        }
        await end();
        controller.close();
      } catch (error) {
        await end();
        controller.error(error);
      }
    },
    cancel: end,
  });
}
