import { describe, expect, it } from 'vitest';
import { canonicalSql, statementPlaces } from './sqlText.ts';

const QUOTES: [where: string, statement: string][] = [
  ['a single-quoted string', `select ';', 'it''s; -- fine'`],
  ['a string with escapes', `select E'a\\';b', e'\\\\'`],
  ['a quoted name', `select 1 as "a;""b"`],
  ['a dollar quote', `do $$ begin perform 1; end $$`],
  ['a dollar quote inside another', `do $body$ begin execute $x$ select 1; $x$; end $body$`],
  ['a dollar quote that looks like the end of another', `do $a$ select '$ab$'; $$; $a$`],
  ['a name that ends in e before a string', `select type'it\\', 2`],
];

describe('statementPlaces', () => {
  it.each([
    ...QUOTES,
    ['a line comment', `select 1 -- not; here\n + 2`],
    ['a block comment', `select /* a; -- b; */ 1`],
    ['a dollar sign in a name', `select a$b$ from t$ where x$ = 1`],
  ])('finds no end of a statement inside %s', (_where, statement) => {
    const places = statementPlaces(`${statement};\nselect 2;`);
    expect(places.map(({ start }) => start)).toEqual([0, statement.length + 2]);
  });

  it('gives the first word of each, passing over comments and empty statements', () => {
    const sql = '-- one\nselect 1;;\n ; \n-- 😀 two\ncommit ; -- the end';
    const places = statementPlaces(sql);
    expect(places.map(({ start }) => sql.slice(start, start + 6))).toEqual(['select', 'commit']);
    expect(places.map(({ text }) => text)).toEqual(['select 1', 'commit ']);
  });
});

describe('canonicalSql', () => {
  it('is the same for texts that differ in comments, spacing and semicolons', () => {
    const text = '-- old\nselect  1 /* x; */ , 2;;\n-- it’s\nselect 3; -- the end';
    expect(canonicalSql(text)).toBe(canonicalSql('select 1 -- new\n, 2 ;\nselect\t3'));
  });

  it.each(QUOTES)('keeps what is inside %s', (_where, statement) => {
    expect(canonicalSql(`${statement} ;`)).toBe(statement);
  });

  it('tells words from each other', () => {
    expect(canonicalSql('select 12')).not.toBe(canonicalSql('select 1 2'));
    expect(canonicalSql(`select 'a  b'`)).not.toBe(canonicalSql(`select 'a b'`));
  });
});
