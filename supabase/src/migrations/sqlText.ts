const COMMENT = String.raw`--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/`;
const ESCAPE_STRING = String.raw`(?<![\w$])e'(?:[^'\\]|\\[\s\S]|'')*'`;
const DOLLAR_QUOTE = String.raw`(?<![\w$])\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$`;
const QUOTED = `(?<quoted>${ESCAPE_STRING}|'(?:[^']|'')*'|"(?:[^"]|"")*"|${DOLLAR_QUOTE})`;

const BLANKS_OR_QUOTED = new RegExp(`(?:[\\s;]|${COMMENT})+|${QUOTED}`, 'gi');
const COMMENT_OR_QUOTED = new RegExp(`${COMMENT}|${QUOTED}`, 'gi');

/** A statement in its file. */
export interface StatementPlace {
  /** Index of its first word, in UTF-16 units. */
  start: number;
  /** With blanks for comments and quotation marks for whatever is quoted. */
  text: string;
}

/**
 * The statements of an SQL file, as far as that takes no parser of SQL: semicolons inside of parentheses or of an
 * SQL-standard function body count as ends, and comments do not nest.
 */
export function statementPlaces(sql: string): StatementPlace[] {
  const bare = sql.replaceAll(COMMENT_OR_QUOTED, (piece, quoted: string | undefined) =>
    (quoted === undefined ? ' ' : '"').repeat(piece.length),
  );
  return Array.from(bare.matchAll(/[^\s;][^;]*/g), ({ index, 0: text }) => ({ start: index, text }));
}

/** Equal for two texts that differ in comments, spacing and semicolons alone. */
export function canonicalSql(sql: string): string {
  return sql.replaceAll(BLANKS_OR_QUOTED, (_piece, quoted: string | undefined) => quoted ?? ' ').trim();
}
