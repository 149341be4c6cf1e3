import type { StoryTreeError } from '@story-tree/domain';
import { oneLine } from '@story-tree/runtime';

/**
 * What `npm start` says when it ends by a failure. Expected ones say all there is in their sentence; of others the cause is
 * told, since nothing else keeps it.
 * @param verbose adds where it happened
 */
export function failureLine({ code, message, cause }: StoryTreeError, verbose: boolean): string {
  if (code !== 'internal') return message;
  const reason = oneLine(cause instanceof Error ? cause.message : String(cause));
  const said = `Something went wrong that Story Tree did not expect: ${reason}`;
  if (!verbose) return `${said}\nTo see where, run \`LOG_LEVEL=debug npm start\`.`;
  return cause instanceof Error ? `${said}\n${cause.stack}` : said;
}
