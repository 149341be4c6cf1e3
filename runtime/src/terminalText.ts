import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';

/**
 * Characters that control a terminal instead of being shown: C0 except tab and new line, DEL, C1, and those that change the
 * direction of text. Names, messages and logs come from people, models and other programs.
 */
const CONTROLS = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Stands for the escapes of our own colours until they are printed. No foreign text can contain it. */
const OUR_ESCAPE = `\u{f0000}${randomUUID()}`;

/** Text with a colour, for {@link printable} to print. */
export function coloured(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text.replace(CONTROLS, '')).replaceAll('\x1b', OUR_ESCAPE);
}

/** Text that is safe for a terminal: control characters are removed, our own colours stay. Call it once on all output. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '').replaceAll(OUR_ESCAPE, '\x1b');
}

/** Foreign text on a single line: a second line could pretend to be one of ours. */
export function oneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, ' ');
}

/** JSON on one line that is safe for a terminal and loses nothing. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(CONTROLS, (control) => {
    return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
