import { z } from 'zod';
import type { Issue } from './errors.ts';

/** A value that fits its schema, or what is wrong with it: at least one issue, each a sentence for people. */
export type Checked<T> = { success: true; data: T } | { success: false; issues: readonly [Issue, ...Issue[]] };

/**
 * Checks a value that came from outside, with messages of ours in place of the library's: "Give a whole number from 1 to
 * 100." A message that a schema has of its own is kept. None of them repeats the value, which may be a secret.
 */
export function checkAgainst<T>(schema: z.ZodType<T>, given: unknown): Checked<T> {
  const { success, data, error } = schema.safeParse(given, { error: sentence });
  if (success) return { success, data };
  const [first, ...others] = error.issues.map(toIssue);
  return { success, issues: [first ?? { path: '', message: 'This cannot be used.' }, ...others] };
}

function toIssue({ path, message }: z.core.$ZodIssue): Issue {
  return { path: path.join('.'), message: /[.!?]$/.test(message) ? message : `${message}.` };
}

function sentence(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'custom') return undefined;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    return `Leave out ${names}: nothing of that name is known here.`;
  }
  if (issue.code === 'invalid_value') {
    return `Give ${issue.expected === 'stringbool' ? 'true or false' : oneOf(issue.values)}.`;
  }
  return `Give ${expected(issue.schema)}.`;
}

/** What a schema takes, as in "a whole number of at least 1". */
function expected(schema: z.core.$ZodType | undefined): string {
  if (schema === undefined) return 'another value';
  return inWords(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}

function inWords(schema: z.core.JSONSchema.BaseSchema): string {
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return textInWords(schema);
    case 'array':
      return `a list${count(schema.minItems, schema.maxItems, 'entry', 'entries')}`;
    case 'object':
      return 'an object';
    default:
      return 'another value';
  }
}

function textInWords({ format, minLength, maxLength }: z.core.JSONSchema.BaseSchema): string {
  if (format === 'uri') return 'an address such as https://example.org';
  if (format === 'uuid') return 'an id such as 3f7c1f0e-3b0a-4c50-9a55-5f0e2f6f1c11';
  if (minLength === 1 && maxLength === undefined) return 'some text';
  return `text${count(minLength, maxLength, 'character', 'characters')}`;
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: z.core.JSONSchema.BaseSchema): string {
  const from = isBound(minimum) ? minimum : undefined;
  const to = isBound(maximum) ? maximum : undefined;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  const bounds = [
    from === undefined ? '' : `of at least ${from}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    to === undefined ? '' : `of at most ${to}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter((bound) => bound !== '');
  return bounds.length === 0 ? '' : ` ${bounds.join(' and ')}`;
}

/** Every whole number has the bounds within which it is exact; they tell people nothing. */
function isBound(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

function count(min: number | undefined, max: number | undefined, one: string, many: string): string {
  const least = min ?? 0;
  if (max !== undefined) return least === 0 ? ` of at most ${max} ${many}` : ` of ${least} to ${max} ${many}`;
  return least === 0 ? '' : ` of at least ${least} ${least === 1 ? one : many}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
