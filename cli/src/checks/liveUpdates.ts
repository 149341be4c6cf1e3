import { toStoryTreeError } from '@story-tree/domain';
import { type Environment, readLiveUpdates } from '@story-tree/runtime';
import type { Finding } from './finding.ts';

/** Where pages hear of what happens, and whether they can. */
export function checkLiveUpdates(environment: Environment): Finding {
  const what = 'Live updates';
  try {
    const project = readLiveUpdates(environment);
    return { what, ok: true, detail: project === null ? 'from the app' : `from Supabase Realtime at ${project.url}` };
  } catch (error) {
    return { what, ok: false, detail: toStoryTreeError(error).message };
  }
}
