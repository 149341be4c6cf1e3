import { describe, expect, it } from 'vitest';
import { splitSql } from './splitSql.ts';

const textsOf = (sql: string) => splitSql(sql).map(({ text }) => text);

describe('splitSql', () => {
  it.each([
    ['a single-quoted string', `select ';', 'it''s; fine'`],
    ['a string with escapes', `select E'a\\';b', e'\\\\'`],
    ['a quoted name', `select 1 as "a;""b"`],
    ['a line comment', `select 1 -- not; here\n + 2`],
    ['nested block comments', `select /* a; /* b; */ c; */ 1`],
    ['a dollar quote', `do $$ begin perform 1; end $$`],
    ['a dollar quote inside another', `do $body$ begin execute $x$ select 1; $x$; end $body$`],
    ['a dollar quote that looks like the end of another', `do $a$ select '$ab$'; $$; $a$`],
    ['parentheses', `create rule r as on insert to t do also (select 1; select 2)`],
    [
      'an SQL-standard body',
      `create function f() returns int begin atomic select case when true then 1 end; select 2; end`,
    ],
    ['a dollar sign in a name', `select a$b$ from t$ where x$ = 1`],
    ['a name that ends in e before a string', `select type'it\\', 2`],
  ])('does not split inside %s', (_where, statement) => {
    expect(textsOf(`${statement};\nselect 2;`)).toEqual([statement, 'select 2']);
  });

  it('keeps the comment in front of a statement and drops empty ones', () => {
    expect(textsOf('-- one\nselect 1;;\n ; \n-- two\nselect 2 ; -- the end')).toEqual([
      '-- one\nselect 1',
      '-- two\nselect 2',
    ]);
  });

  it('says where a statement and its first word stand', () => {
    const sql = 'select 1;\n\n-- why\nselect 2;';
    const [, second] = splitSql(sql);
    expect(sql.slice(second?.start)).toBe('-- why\nselect 2;');
    expect(sql.slice(second?.wordStart)).toBe('select 2;');
  });

  it('gives statements that differ in comments and spacing the same canonical text, and others not', () => {
    const canonical = (sql: string) => splitSql(sql)[0]?.canonical;
    expect(canonical('-- old\nselect  1 /* x */ , 2')).toBe(canonical('select 1 -- new\n, 2'));
    expect(canonical(`select 'a  b'`)).not.toBe(canonical(`select 'a b'`));
  });
});
