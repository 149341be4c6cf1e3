/** One message of a `text/event-stream`. */
export interface ServerSentEvent {
  /** The id that was last given, by this message or one before it; null while there was none. */
  id: string | null;
  event: string;
  data: string;
}

/**
 * Puts messages together from pieces of text as they arrive, cut anywhere.
 * @returns takes the next piece, gives the messages that are complete with it
 */
export function createEventParser(): (piece: string) => ServerSentEvent[] {
  let rest = '';
  let id: string | null = null;
  let event = '';
  let data: string[] = [];

  function take(line: string): ServerSentEvent[] {
    if (line === '') return finish();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    return [];
  }

  function finish(): ServerSentEvent[] {
    const complete = data.length === 0 ? [] : [{ id, event: event || 'message', data: data.join('\n') }];
    event = '';
    data = [];
    return complete;
  }

  return (piece) => {
    const text = rest + piece;
    // A carriage return at the very end may be the first half of a line's end.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    return lines.flatMap(take);
  };
}
