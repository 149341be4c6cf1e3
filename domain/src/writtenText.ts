import { z } from 'zod';
import type { Issue } from './errors.ts';

/** White space, control characters, and what is there without being seen: zero widths, directions, fillers, blanks. */
const INVISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Something that a person has written and somebody is to read; white space around it does not count. */
export function writtenText(longest: number) {
  return z
    .string()
    .trim()
    .superRefine((text, context) => {
      const message = complaintOf(text, longest);
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
}

function complaintOf(text: string, longest: number): string | null {
  if (text === '') return 'This is empty; write something.';
  if (INVISIBLE.test(text)) return 'This has only characters that nobody can see; write something.';
  if (text.length <= longest) return brokenText(text);
  return `This has ${text.length} characters; shorten it to ${longest} at most.`;
}

/** What is wrong with a text that can be neither stored nor shown; null if nothing is. */
function brokenText(text: string): string | null {
  if (text.includes('\0')) return 'This contains a NUL character; remove it.';
  return text.isWellFormed() ? null : 'This contains half a character, a lone surrogate; remove it.';
}

/** The texts of a value that can be neither stored nor shown, names of fields included. */
export function brokenTexts(value: unknown, path = ''): Issue[] {
  if (typeof value === 'string') {
    const message = brokenText(value);
    return message === null ? [] : [{ path, message }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const within = path === '' ? name : `${path}.${name}`;
    return brokenText(name) === null ? brokenTexts(part, within) : brokenTexts(name, path);
  });
}
