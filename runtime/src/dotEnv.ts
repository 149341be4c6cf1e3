import { existsSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { codeOf, StoryTreeError } from '@story-tree/domain';

/** What a `.env` file sets. */
export interface DotEnv {
  values: Readonly<Record<string, string>>;
  /** The line that counts for each name, from 1. */
  lines: ReadonlyMap<string, number>;
  /** Sentences about what in the file has no effect, or another than it seems to. */
  warnings: readonly string[];
}

/** A name with its value, which may be in quotes and then go over several lines. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([^\s=#"'`]+)[ \t]*=[ \t]*("[^"]*"|'[^']*'|`[^`]*`|[^\n]*)/gm;
const NOT_UNDERSTOOD = 'is not understood and sets nothing: write it as NAME=value';

/**
 * Reads a `.env` file; without one, nothing is set. It may be in UTF-8 or in UTF-16, as some editors on Windows save it.
 * @throws StoryTreeError `not_configured` when there is something of that name that cannot be read as text
 */
export function readDotEnv(file: string): DotEnv {
  const bytes = bytesOf(file);
  if (bytes === null) return { values: {}, lines: new Map(), warnings: misnamed(file) };
  return parseDotEnv(decoded(bytes, file));
}

/** What the text of a `.env` file sets, as Node reads it. */
export function parseDotEnv(text: string): DotEnv {
  const content = text.replaceAll('\r\n', '\n');
  const lines = new Map<string, number>();
  const warnings: string[] = [];
  for (const { 1: name = '', 2: value = '', index } of content.matchAll(ASSIGNMENT)) {
    const line = lineAt(content, index);
    const earlier = lines.get(name);
    if (earlier !== undefined)
      warnings.push(`.env sets ${name} in line ${earlier} and in line ${line}: the last counts.`);
    if (/^[^"'`#]*[^"'`#\s]#/.test(value)) {
      warnings.push(
        `In line ${line} of .env, # begins a comment: put the value of ${name} in quotes to keep all of it.`,
      );
    }
    lines.set(name, line);
  }
  const rest = content.replace(ASSIGNMENT, (assignment) => assignment.replace(/[^\n]+/g, ''));
  rest.split('\n').forEach((left, index) => {
    if (/^\s*[^\s#]/.test(left)) warnings.push(`Line ${index + 1} of .env ${NOT_UNDERSTOOD}.`);
  });
  return { values: definedOnly(parseEnv(content)), lines, warnings };
}

function bytesOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = codeOf(cause) ?? '';
    const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
    if (code === 'ENOENT' && !isThere) return null;
    throw new StoryTreeError('not_configured', `${file} cannot be read: ${whatIsWrong(code)}.`, { cause });
  }
}

function whatIsWrong(code: string): string {
  if (code === 'EISDIR') return 'it is a folder. Remove it, or put a file in its place';
  if (code === 'ENOENT') return 'it is a link that leads nowhere. Remove it, or correct it';
  return `the system says ${code}. Give this user the right to read it, or remove it`;
}

/** A byte-order mark says what follows, and is no part of the first name. */
function decoded(bytes: Buffer, file: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new StoryTreeError('not_configured', `${file} is not text in UTF-8: save it in that encoding.`);
}

/** Editors on Windows add an ending that the system then hides. */
function misnamed(file: string): string[] {
  const other = `${file}.txt`;
  return existsSync(other) ? [`${path.basename(other)} is not read: rename it to ${path.basename(file)}.`] : [];
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function definedOnly(values: NodeJS.Dict<string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
