import { type Issue, StoryTreeError } from '@story-tree/domain';
import type { z } from 'zod';

/**
 * What a request says, by a schema.
 * @throws StoryTreeError `invalid_input` with an issue for each thing that is wrong
 */
export function checked<T>(schema: z.ZodType<T>, given: unknown): T {
  const { data, error } = schema.safeParse(given);
  if (error === undefined) return data as T;
  const issues: Issue[] = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  const place = first?.path ? `${first.path}: ` : '';
  throw new StoryTreeError('invalid_input', `The request cannot be taken: ${place}${first?.message}.`, { issues });
}

/** A query as an object; of what is there twice, the last counts. */
export function queryObject(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}
