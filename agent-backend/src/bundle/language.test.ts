import { expect, it } from 'vitest';
import { languageTag } from './language.ts';

it.each([
  ['de', 'de'],
  ['pt_br', 'pt-BR'],
  ['ZH-hant-tw', 'zh-Hant-TW'],
  ['German', 'de'],
  [' deutsch ', 'de'],
  ['Français', 'fr'],
  ['日本語', 'ja'],
  ['Brazilian Portuguese', 'pt-BR'],
])('knows %s as %s', (language, tag) => {
  expect(languageTag(language)).toBe(tag);
});

it.each([undefined, '', 'Elvish', 'zz', 'a language of your choice', '<script>', 'x-private', '-', 'en-'])(
  'does not guess at %j',
  (language) => {
    expect(languageTag(language)).toBeUndefined();
  },
);
