import { StoryTreeError } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { parseJsonReply } from './jsonReply.ts';

async function codeOf(text: string, repairTimeoutMs?: number): Promise<string> {
  try {
    await parseJsonReply(text, repairTimeoutMs);
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
  ])('%s', async (_name, text) => {
    expect(await codeOf(text)).toBe('model_reply_invalid');
  });

  it.each([
    ['a text of any length', `{"title":"${'T'.repeat(600_000)}"}`],
    ['arrays inside arrays', `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects inside objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['deep nesting that has to be repaired', `${"{'a':".repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['countless empty objects', `{"items":[${'{},'.repeat(100_000)}{}]}`],
    ['a fence that is never closed', `\`\`\`\n${'\n'.repeat(400_000)}A`],
    ['braces that open only', '{'.repeat(400_000)],
    ['backslashes and quotes', `{"title":"${'\\\\"'.repeat(100_000)}}`],
  ])('%s, without wasting time or memory', async (_name, text) => {
    expect(await codeOf(text)).toBe('model_reply_invalid');
  });

  it('quotes that cannot be told apart, for which the library that repairs would take a minute', async () => {
    expect(await codeOf(`{a:'${"'x".repeat(8_000)}}`, 500)).toBe('model_reply_invalid');
  });

  it('without repeating what the model said', async () => {
    await expect(parseJsonReply('secret words')).rejects.not.toThrow(/secret/);
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
  ])('%s', async (_name, text) => {
    expect(await parseJsonReply(text)).toEqual({ title: 'T' });
  });

  it('braces, quotes and fences inside strings', async () => {
    const value = { title: 'a } b { "c" \\ ```', items: [{ line: '</script>' }] };
    expect(await parseJsonReply(`Well: ${JSON.stringify(value)}`)).toEqual(value);
  });

  it('bare line breaks inside strings', async () => {
    expect(await parseJsonReply('{"title":"one\ntwo"}')).toEqual({ title: 'one\ntwo' });
  });

  it('arrays as they are, for the schema to judge', async () => {
    expect(await parseJsonReply('[1]')).toEqual([1]);
  });
});
