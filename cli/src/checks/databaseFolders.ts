import { toStoryTreeError } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import { clusterDirectory, findDatabaseFolders } from '@story-tree/supabase';
import type { Finding } from './finding.ts';

const what = 'Database folder';

/** Where embedded databases are, which of them is used, and what to do about any other. */
export async function checkDatabaseFolders(environment: Environment, home: string): Promise<Finding[]> {
  if (environment.DATABASE_URL !== undefined) return [];
  try {
    const { ofHome, unclaimed } = await findDatabaseFolders({ home });
    const used = await clusterDirectory({ home }).catch(toStoryTreeError);
    const chosen = used instanceof Error ? { ok: false, detail: used.message } : { ok: true, detail: used };
    const others = used instanceof Error ? [] : ofHome.filter((folder) => !isIn(folder, used));
    return [
      { what, ...chosen },
      ...others.map((folder) => ({
        what,
        ok: false,
        detail: `${folder} could be this home's too and is not used: if it has your stories, rename the other one's folder and remove ${home}/database-folder; if not, rename this one`,
      })),
      ...unclaimed.map((folder) => ({
        what,
        ok: true,
        detail: `${folder} belongs to a home that is gone or unknown: if stories are missing, run \`story-tree reset\` in the home that should have it and move that folder to where the new one is made`,
      })),
    ];
  } catch (error) {
    return [{ what, ok: false, detail: toStoryTreeError(error).message }];
  }
}

function isIn(description: string, directory: string): boolean {
  return description === directory || description.startsWith(`${directory} (`);
}
