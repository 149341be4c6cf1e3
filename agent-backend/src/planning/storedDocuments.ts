import { StoryTreeError } from '@story-tree/domain';
import type { z } from 'zod';

/**
 * A document as it is stored, checked again as it is loaded.
 * @throws StoryTreeError `invalid_input` naming what is wrong and the task that makes it anew
 */
export function storedDocument<T>(name: string, madeBy: string, schema: z.ZodType<T>, stored: unknown): T {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new StoryTreeError(
    'invalid_input',
    `The stored ${name} cannot be used (${issues[0]?.path}: ${issues[0]?.message}). ` +
      `Run ${madeBy} with --override to make it anew.`,
    { issues },
  );
}
