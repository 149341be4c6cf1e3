import type { StoryTreeError } from '@story-tree/domain';
import { explained } from '@story-tree/runtime';

/**
 * What `npm start` says when it ends by a failure. Of one that nobody expected it says where to look further, since nothing
 * else keeps that.
 * @param verbose adds where it happened
 */
export function failureLine(error: StoryTreeError, verbose: boolean): string {
  const said = explained(error);
  if (error.code !== 'internal') return said;
  if (!verbose) return `${said}\nTo see where, run \`LOG_LEVEL=debug npm start\`.`;
  return error.cause instanceof Error ? `${said}\n${error.cause.stack}` : said;
}
