/** What a generator makes, as fast as it is read. `discard` is called in the end, also when nobody reads any of it. */
export function readableUntil(
  chunks: AsyncGenerator<Uint8Array>,
  discard: () => Promise<void>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (!done) return controller.enqueue(value);
        await discard();
        controller.close();
      } catch (error) {
        await discard();
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return(undefined);
      await discard();
    },
  });
}
