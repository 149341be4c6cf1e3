import { describe, expect, it } from 'vitest';
import { createEventParser } from './serverSentEvents.ts';

const STREAM =
  'retry: 1000\n\n: still here\n\nid: 7\nevent: task\ndata: {"a":1}\n\nevent: delta\ndata: one\ndata: two\n\n';

describe('the event parser', () => {
  it('reads messages, and passes over comments and fields of no concern', () => {
    expect(createEventParser()(STREAM)).toEqual([
      { id: '7', event: 'task', data: '{"a":1}' },
      { id: '7', event: 'delta', data: 'one\ntwo' },
    ]);
  });

  it('reads the same wherever the pieces are cut, and with every kind of line end', () => {
    const whole = createEventParser()(STREAM);
    for (const text of [STREAM, STREAM.replaceAll('\n', '\r\n'), STREAM.replaceAll('\n', '\r')]) {
      const parse = createEventParser();
      // A lone carriage return at the end could still be half of a line end: something has to follow it.
      expect([...text, ':'].flatMap(parse)).toEqual(whole);
    }
  });

  it('gives nothing of a message that is not finished', () => {
    expect(createEventParser()('id: 8\ndata: half')).toEqual([]);
  });
});
