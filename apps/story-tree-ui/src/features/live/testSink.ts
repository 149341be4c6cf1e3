import type { LiveMessage, LiveSink, LiveStatus } from './liveTransport.ts';

/** A sink that keeps what it is told. */
export function recordingSink() {
  const messages: LiveMessage[] = [];
  const statuses: LiveStatus[] = [];
  const sink: LiveSink = {
    message: (message) => void messages.push(message),
    status: (status) => void statuses.push(status),
    pulse: () => undefined,
  };
  return { sink, messages, statuses };
}
