import { StoryTreeError } from '@story-tree/domain';
import { readBuild } from '../../../../../launcher/appBuild.mjs';

/**
 * Looks whether all of a build is there: Next would find out page by page.
 * @throws StoryTreeError `not_configured` when it is not
 */
export function requireBuild(folder: string): void {
  const build = readBuild(folder);
  if (build !== undefined && build.missing === undefined) return;
  const trouble = build === undefined ? 'has not been built' : `is damaged: ${build.missing} is missing from its build`;
  throw new StoryTreeError('not_configured', `The web app ${trouble}. Run \`npm run build\`, then start it again.`);
}
