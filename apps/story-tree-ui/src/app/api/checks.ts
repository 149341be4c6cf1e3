import { type Issue, StoryTreeError } from '@story-tree/domain';
import type { z } from 'zod';

/**
 * Checks what a request contains against a schema.
 * @throws StoryTreeError `invalid_input` with an issue for each problem
 */
export function checked<T>(schema: z.ZodType<T>, given: unknown): T {
  const { data, error } = schema.safeParse(given);
  if (error === undefined) return data as T;
  const issues: Issue[] = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  const place = first?.path ? `${first.path}: ` : '';
  throw new StoryTreeError(
    'invalid_input',
    `The request is not valid: ${place}${first?.message.replace(/\.?$/, '.')}`,
    { issues },
  );
}

/** A query as an object; the last value of a repeated parameter counts. */
export function queryObject(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}
