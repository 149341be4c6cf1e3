/** How long nobody may read on, in milliseconds, until nobody is taken to be there any more. */
const STALL_MS = 60_000;

/**
 * What a generator makes, as fast as it is read. `discard` is called in the end, also when nobody reads any of it, or does
 * not read on.
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
            controller.error(new Error('Nobody has read on for a minute.'));
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
