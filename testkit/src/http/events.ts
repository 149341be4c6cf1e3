import { expect } from 'vitest';

/** One message of a stream, as it stands there. */
export interface StreamMessage {
  id: string | null;
  event: string;
  data: Record<string, unknown>;
}

export interface OpenStream {
  response: Response;
  /** Messages so far. */
  messages: StreamMessage[];
  /** Comments and other lines that are no messages. */
  remarks: string[];
  /** Resolved once there are so many messages. @throws Error when the stream ends before */
  reach(count: number): Promise<StreamMessage[]>;
  /** Resolved when the server has ended it. */
  ended: Promise<void>;
  close(): void;
}

/** Opens a stream and reads it until it is closed. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  expect(response.status, response.ok ? '' : await response.clone().text()).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const messages: StreamMessage[] = [];
  const remarks: string[] = [];
  let changed = Promise.withResolvers<void>();
  let isOver = false;

  async function read(): Promise<void> {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
      changed.resolve();
      changed = Promise.withResolvers();
    }
  }

  function take(block: string): void {
    const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2)));
    if (fields.data === undefined) remarks.push(block);
    else messages.push({ id: fields.id ?? null, event: fields.event, data: JSON.parse(fields.data) });
  }

  const ended = read()
    .catch((error: Error) => {
      if (!abort.signal.aborted) throw error;
    })
    .finally(() => {
      isOver = true;
      changed.resolve();
    });
  ended.catch(() => undefined);

  return {
    response,
    messages,
    remarks,
    ended,
    async reach(count) {
      while (messages.length < count) {
        if (isOver) throw new Error(`The stream ended after ${messages.length} of ${count} messages.`);
        await changed.promise;
      }
      return messages;
    },
    close: () => abort.abort(),
  };
}
