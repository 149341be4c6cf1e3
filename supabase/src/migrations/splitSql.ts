export interface Statement {
  /** As written, comments in front of it included, without the semicolon. */
  text: string;
  /** Comments left out and white space evened: equal for two statements that do the same. */
  canonical: string;
  /** Index in the file of `text`, in UTF-16 units. */
  start: number;
  /** Index in the file of the first word. */
  wordStart: number;
}

interface Token {
  kind: 'space' | 'comment' | 'semicolon' | 'word' | 'other';
  text: string;
}

const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n]*/y;
const ESCAPE_STRING = /e'(?:[^'\\]|\\[\s\S]|'')*'?/iy;
const STRING = /'(?:[^']|'')*'?/y;
const QUOTED_NAME = /"(?:[^"]|"")*"?/y;
const DOLLAR_TAG = /\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iy;
const WORD = /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/iy;

/**
 * The statements of an SQL file, split as PostgreSQL's own lexer would: semicolons in strings, quoted names, comments,
 * dollar quotes, parentheses and `begin atomic … end` bodies do not count.
 */
export function splitSql(sql: string): Statement[] {
  const statements: Statement[] = [];
  let pending: Token[] = [];
  let start = 0;
  let position = 0;
  const nesting = new Nesting();
  for (const token of tokens(sql)) {
    position += token.text.length;
    nesting.see(token);
    if (token.kind !== 'semicolon' || nesting.isInside) {
      pending.push(token);
      continue;
    }
    statements.push(...statementOf(pending, start));
    pending = [];
    start = position;
  }
  return [...statements, ...statementOf(pending, start)];
}

/** None for a stretch of nothing but white space and comments. */
function statementOf(found: Token[], start: number): Statement[] {
  const firstWord = found.findIndex((token) => !isBlank(token));
  if (firstWord === -1) return [];
  const raw = textOf(found);
  const text = raw.trim();
  return [
    {
      text,
      canonical: textOf(
        found.map((token) => (isBlank(token) ? { ...token, text: ' ' } : token)).filter(isFirstBlank),
      ).trim(),
      start: start + raw.indexOf(text),
      wordStart: start + textOf(found.slice(0, firstWord)).length,
    },
  ];
}

function textOf(found: readonly Token[]): string {
  return found.map(({ text }) => text).join('');
}

function isBlank({ kind }: Token): boolean {
  return kind === 'space' || kind === 'comment';
}

/** Drops all but the first of blanks in a row. */
function isFirstBlank(token: Token, index: number, all: readonly Token[]): boolean {
  const previous = all[index - 1];
  return !isBlank(token) || previous === undefined || !isBlank(previous);
}

/** Keeps count of what a semicolon can be inside of. */
class Nesting {
  #parentheses = 0;
  #bodies = 0;
  #previousWord = '';

  get isInside(): boolean {
    return this.#parentheses > 0 || this.#bodies > 0;
  }

  see({ kind, text }: Token): void {
    if (text === '(') this.#parentheses++;
    if (text === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    if (kind !== 'word') return;
    const word = text.toLowerCase();
    const opens = (word === 'atomic' && this.#previousWord === 'begin') || (word === 'case' && this.#bodies > 0);
    if (opens) this.#bodies++;
    else if (word === 'end' && this.#bodies > 0) this.#bodies--;
    this.#previousWord = word;
  }
}

function* tokens(sql: string): Generator<Token> {
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at);
    yield token;
    at += token.text.length;
  }
}

function tokenAt(sql: string, at: number): Token {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  const blank = match(SPACE);
  if (blank !== undefined) return { kind: 'space', text: blank };
  const comment = match(LINE_COMMENT) ?? blockComment(sql, at);
  if (comment !== undefined) return { kind: 'comment', text: comment };
  const quoted = match(ESCAPE_STRING) ?? match(STRING) ?? match(QUOTED_NAME) ?? dollarQuote(sql, at, match(DOLLAR_TAG));
  if (quoted !== undefined) return { kind: 'other', text: quoted };
  const word = match(WORD);
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: sql[at] === ';' ? 'semicolon' : 'other', text: sql.charAt(at) };
}

/** PostgreSQL's block comments nest. */
function blockComment(sql: string, at: number): string | undefined {
  if (!sql.startsWith('/*', at)) return undefined;
  const edges = /\/\*|\*\//g;
  edges.lastIndex = at;
  let depth = 0;
  for (let edge = edges.exec(sql); edge !== null; edge = edges.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return sql.slice(at, edges.lastIndex);
  }
  return sql.slice(at);
}

function dollarQuote(sql: string, at: number, tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined;
  const end = sql.indexOf(tag, at + tag.length);
  return end === -1 ? sql.slice(at) : sql.slice(at, end + tag.length);
}
