import { checkAgainst, StoryTreeError } from '@story-tree/domain';
import type { z } from 'zod';

/**
 * Checks what a request contains against a schema.
 * @throws StoryTreeError `invalid_input` with an issue for each problem
 */
export function checked<T>(schema: z.ZodType<T>, given: unknown): T {
  const checked = checkAgainst(schema, given);
  if (checked.success) return checked.data;
  const { issues } = checked;
  const [{ path, message }] = issues;
  const place = path === '' ? '' : `${path}: `;
  throw new StoryTreeError('invalid_input', `The request is not valid: ${place}${message}`, { issues });
}

/** A query as an object; the last value of a repeated parameter counts. */
export function queryObject(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}
