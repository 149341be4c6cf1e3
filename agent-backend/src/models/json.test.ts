import { StoryTreeError } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { parseJsonReply } from './json.ts';

function codeOf(text: string): string {
  try {
    parseJsonReply(text);
  } catch (error) {
    if (error instanceof StoryTreeError) return error.code;
    throw error;
  }
  return 'parsed';
}

describe('parseJsonReply refuses', () => {
  it.each([
    ['nothing', ''],
    ['prose', 'I am sorry, I cannot help with that.'],
    ['a bare string', '"title"'],
    ['a bare number', '42'],
    ['a document cut off in a key', '{"title":"T","items":[{"id":"1","ki'],
    ['a document cut off in a string', '{"title":"A long way'],
    ['a document cut off after an inner object', '{"shots":[{"shot_index":1},{"shot_index":2}'],
    ['a document cut off inside a fence', '```json\n{"title":"T","items":['],
    ['a fence around prose', '```\nno data here\n```'],
  ])('%s', (_name, text) => {
    expect(codeOf(text)).toBe('model_reply_invalid');
  });

  it('without repeating what the model said', () => {
    expect(() => parseJsonReply('secret words')).not.toThrow(/secret/);
  });
});

describe('parseJsonReply reads', () => {
  it.each([
    ['plain JSON', '{"title":"T"}'],
    ['white space and a byte order mark', '\uFEFF \n{"title":"T"}\n '],
    ['a json fence', '```json\n{"title":"T"}\n```'],
    ['a fence without a language', '```\n{"title":"T"}\n```'],
    ['prose around it', 'Here is {it}: {"title":"T"} Enjoy!'],
    ['prose around a fence', 'Sure!\n```json\n{"title":"T"}\n```\nDone.'],
    ['a trailing comma', '{"title":"T",}'],
    ['single quotes', "{'title':'T'}"],
    ['unquoted keys and a comment', '{title: "T" /* short */}'],
    ['the same document twice', '{"title":"T"}\n{"title":"T"}'],
  ])('%s', (_name, text) => {
    expect(parseJsonReply(text)).toEqual({ title: 'T' });
  });

  it('braces, quotes and fences inside strings', () => {
    const value = { title: 'a } b { "c" \\ ```', items: [{ line: '</script>' }] };
    expect(parseJsonReply(`Well: ${JSON.stringify(value)}`)).toEqual(value);
  });

  it('bare line breaks inside strings', () => {
    expect(parseJsonReply('{"title":"one\ntwo"}')).toEqual({ title: 'one\ntwo' });
  });

  it('arrays as they are, for the schema to judge', () => {
    expect(parseJsonReply('[1]')).toEqual([1]);
  });
});
