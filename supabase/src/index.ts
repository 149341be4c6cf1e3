// First, since it has to come before pg is loaded.
import './onlyOurDriver.ts';

export { withPooledAdvisoryLock } from './advisoryLock.ts';
export { createCallHistory } from './callHistory.ts';
export { type Database, type DatabaseOptions, openDatabase } from './connect.ts';
export { mapDatabaseError } from './databaseErrors.ts';
export { type EmbeddedOptions, ensureCluster, type RunningCluster } from './embedded/ensureCluster.ts';
export {
  clusterDirectory,
  type DatabaseFolders,
  findDatabaseFolders,
  putAsideCluster,
  stopCluster,
} from './embedded/stopCluster.ts';
export { createModelCallJournal } from './journal.ts';
export { createStoryLeases, limitStoryLeases, STORY_LEASE_MS } from './leases.ts';
export { type MigrateOptions, migrate } from './migrations/migrate.ts';
export { createModelCallReader, type ModelCallReader } from './modelCallReader.ts';
export { createPatience, type Patience } from './patience.ts';
export { createStoryRepositories } from './repositories/index.ts';
export type { StoryFence } from './repositories/storyAccess.ts';
export { createStoryOverview, type StoryOverview } from './repositories/storyOverview.ts';
export { connectionOptions, prepareSession } from './session.ts';
export { openStoryTaskFeed, type StoryTaskFeedOptions } from './story-task-feed/storyTaskFeed.ts';
export { createStoryTaskRun, type TakenUpTask, takeUpStoryTask } from './story-tasks/storyTaskRun.ts';
export { createStoryTasksRepository } from './story-tasks/storyTasks.ts';
