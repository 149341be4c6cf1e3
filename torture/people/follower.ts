import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { TaskMessage } from '../../apps/story-tree-ui/src/wire/index.ts';
import { createWitness } from './witness.ts';

const RETRY_MS = 100;
const PATIENCE_MS = 60_000;
const EVENT = /^id: (\d+)\nevent: task\ndata: (.*)$/s;

interface Received extends TaskMessage {
  id: string;
  /** Milliseconds since 1970, by this machine's clock. */
  at: number;
}

/** A client of the stream of all events. Whenever it is cut off, it reconnects with its last id. */
export interface Follower {
  received: readonly Received[];
  /** Tasks whose status or progress went back. */
  objections: readonly string[];
  /** Resolves once it has received that event. @throws Error when it never does */
  reaches(id: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param after the last event before those it is to receive
 * @param leaving makes it disconnect by itself now and then, at random
 */
export function followEvents(url: string, after: string, leaving?: Random): Follower {
  const received: Received[] = [];
  const witness = createWitness();
  const stopped = new AbortController();

  function take(block: string): void {
    const [, id, data] = EVENT.exec(block) ?? [];
    if (id === undefined || data === undefined) return;
    const message: TaskMessage = JSON.parse(data);
    received.push({ id, at: Date.now(), ...message });
    witness.see(message.task);
  }

  async function listen(): Promise<void> {
    const patience = leaving === undefined ? [] : [AbortSignal.timeout(500 + leaving.below(3_000))];
    const response = await fetch(`${url}/api/events?after=${after}`, {
      headers: received.length === 0 ? {} : { 'last-event-id': received.at(-1)?.id ?? '' },
      signal: AbortSignal.any([stopped.signal, ...patience]),
    });
    if (response.status !== 200 && response.status !== 503) throw new Refusal(await response.text());
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  }

  async function follow(): Promise<void> {
    while (!stopped.signal.aborted) {
      await listen().catch((error: unknown) => {
        // Any other error means that the server or this client is gone.
        if (error instanceof Refusal) throw error;
      });
      await sleep(RETRY_MS);
    }
  }

  const following = follow();
  following.catch(() => undefined);
  return {
    received,
    objections: witness.objections,
    async reaches(id) {
      const deadline = Date.now() + PATIENCE_MS;
      while (BigInt(received.at(-1)?.id ?? 0) < BigInt(id)) {
        if (Date.now() > deadline)
          throw new Error(
            `Received nothing after event ${received.at(-1)?.id}, although there are events up to ${id}.`,
          );
        await Promise.race([following, sleep(RETRY_MS)]);
      }
    },
    async stop() {
      stopped.abort();
      await following;
    },
  };
}

/** The server answered, but refused the stream. */
class Refusal extends Error {}
