import type { LiveMessage, LiveRun, LiveSink, LiveStatus, LiveTransport } from './liveTransport.ts';
import { compareIds } from './mergeTasks.ts';

const NAME = 'story-tree-live';

/** A leader relays every sign of life, its own included; when none comes for this long, it is asleep. */
const LEADER_SILENCE_MS = 60_000;
const LOOK_EVERY_MS = 20_000;

type TabMessage =
  /** From the leader: a message, and the cursor that stood before it. */
  | { type: 'message'; before: string | null; message: LiveMessage }
  | { type: 'state'; status: LiveStatus; cursor: string | null }
  | { type: 'pulse' }
  /** From the others: how do things stand? */
  | { type: 'hello' };

/**
 * One connection for all tabs of a browser, which allows only six to one server. One tab leads: it runs the transport
 * and relays to the others. When it closes, the next one continues from the last cursor that it has seen. A tab that
 * finds that it has missed something, for example after sleeping or since its page was rendered, asks for a resync.
 * Where the browser cannot do this, each tab has its own connection.
 */
export function shareBetweenTabs(transport: LiveTransport): LiveTransport {
  return {
    run(options) {
      if (!globalThis.navigator?.locks || !globalThis.BroadcastChannel) transport.run(options);
      else takePart(transport, options);
    },
  };
}

function takePart(transport: LiveTransport, { sink, after, topics, signal }: LiveRun): void {
  const channel = new BroadcastChannel(NAME);
  const tab = createTab(sink, after);
  let turn: AbortSignal | null = null;
  let heardAt = performance.now();

  const isLeading = () => turn !== null && !turn.aborted;
  const tell = (message: TabMessage) => signal.aborted || channel.postMessage(message);
  const tellState = () => tell({ type: 'state', status: tab.status(), cursor: tab.cursor() });

  const relay: LiveSink = {
    message(message) {
      tell({ type: 'message', before: tab.cursor(), message });
      tab.accept(message);
    },
    status(status) {
      tab.setStatus(status);
      tellState();
    },
    pulse() {
      sink.pulse();
      tell({ type: 'pulse' });
    },
  };

  const seize = takeTurns(NAME, signal, (given) => {
    turn = given;
    transport.run({ sink: relay, after: tab.cursor(), topics, signal: given });
  });

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.type === 'hello') return void (isLeading() && tellState());
    if (isLeading()) return;
    heardAt = performance.now();
    if (data.type === 'message') tab.follow(data.before, data.message);
    if (data.type === 'state') tab.compare(data.status, data.cursor);
  };

  /** Only a tab that is looked at takes the lead from another: the others would sleep soon themselves. */
  function look(): void {
    if (isLeading() || globalThis.document?.visibilityState === 'hidden') return;
    if (performance.now() - heardAt > LEADER_SILENCE_MS) seize();
    else tell({ type: 'hello' });
  }

  const looking = setInterval(look, LOOK_EVERY_MS);
  globalThis.document?.addEventListener('visibilitychange', look, { signal });
  for (const event of ['pageshow', 'online']) globalThis.addEventListener?.(event, look, { signal });
  signal.addEventListener('abort', () => {
    clearInterval(looking);
    channel.close();
  });
  tell({ type: 'hello' });
}

/** What one tab has seen, and what it makes of what the leader says. */
function createTab(sink: LiveSink, after: string | null) {
  let cursor = after;
  let status: LiveStatus = 'connecting';

  const isBehind = (other: string | null) => other !== null && (cursor === null || compareIds(cursor, other) < 0);

  function accept(message: LiveMessage): void {
    if (message.kind === 'task' && isBehind(message.cursor)) cursor = message.cursor;
    if (message.kind === 'resync') cursor = message.cursor ?? cursor;
    sink.message(message);
  }

  function setStatus(next: LiveStatus): void {
    status = next;
    sink.status(next);
  }

  return {
    cursor: () => cursor,
    status: () => status,
    accept,
    setStatus,
    follow(before: string | null, message: LiveMessage): void {
      if (isBehind(before)) sink.message({ kind: 'resync' });
      accept(message);
    },
    compare(leaderStatus: LiveStatus, leaderCursor: string | null): void {
      // Also on first meeting: this tab's page was read before the leader got that far.
      if (isBehind(leaderCursor)) sink.message({ kind: 'resync' });
      if (isBehind(leaderCursor)) cursor = leaderCursor;
      setStatus(leaderStatus);
    },
  };
}

/**
 * Has at most one of all tabs lead at a time, by a lock of the browser: whoever stands in line next follows when a
 * leader goes. `lead` is called with a signal that aborts when the turn is over.
 * @returns takes the lead at once, from a leader that does not answer
 */
function takeTurns(name: string, signal: AbortSignal, lead: (turn: AbortSignal) => void): () => void {
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
