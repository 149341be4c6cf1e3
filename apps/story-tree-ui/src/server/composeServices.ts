import { createFileAssetStore, DEFAULT_SCRIPT_LIMITS, PLAYER_TEMPLATE, shrinkPicture } from '@story-tree/agent-backend';
import { createEstimator, defaultMode, type Environment, places, type Secrets } from '@story-tree/runtime';
import {
  createCallHistory,
  createModelCallJournal,
  createModelCallReader,
  createStoryOverview,
  createStoryRepositories,
  createStoryTasksRepository,
} from '@story-tree/supabase';
import type { AppServices, Sessions, SupabaseProject } from '../services/index.ts';
import { createBundles } from './bundles/bundles.ts';
import { type PlayerPage, playerAddress } from './bundles/playerPage.ts';
import { createErrorLog } from './errorLog.ts';
import { createGeneratedFiles } from './files/generatedFiles.ts';
import { createThumbnails } from './files/thumbnails.ts';
import { createHealthChecks } from './health.ts';
import { errorReply } from './http/errorReply.ts';
import type { Logger } from './log.ts';
import { createAppMetrics } from './metrics.ts';
import type { Parts } from './openParts.ts';
import { createCostReading } from './stories/costReading.ts';
import { createEstimating } from './stories/estimating.ts';
import { createShotRequestReading } from './stories/shotRequests.ts';
import { createStoryFinder } from './stories/storyFinder.ts';
import { createStoryReading } from './stories/storyReading.ts';
import { createRequireHistory, createTaskReading, createTaskRequests } from './story-tasks/taskReading.ts';
import { createTaskStreams } from './story-tasks/taskStreams.ts';

export interface Composition {
  environment: Environment;
  secrets: Secrets;
  parts: Parts;
  sessions: Sessions;
  realtime: SupabaseProject | null;
  playerPage: PlayerPage;
  log: Logger;
}

/** What the app answers from, and what counts its answers. */
export type ComposedServices = AppServices & { metrics: ReturnType<typeof createAppMetrics> };

/** Wires what the app answers from. */
export function composeServices({
  environment,
  secrets,
  parts,
  sessions,
  realtime,
  playerPage,
  log,
}: Composition): ComposedServices {
  const { database, queue, feed, storyTasks } = parts;
  const folders = places(environment);
  const repositories = createStoryRepositories(database.kysely);
  const tasks = createStoryTasksRepository(database.kysely);
  const calls = createModelCallReader(database.kysely);
  const history = createCallHistory(database.kysely);
  const finder = createStoryFinder(repositories);
  const requireHistory = createRequireHistory(tasks, finder);
  const assets = createFileAssetStore(folders.assets);
  // Plans are only inspected here; the settings they run with are the worker's.
  const settings = {
    script: DEFAULT_SCRIPT_LIMITS,
    maxReferenceImages: 0,
    outputRoot: folders.output,
    playerTemplate: PLAYER_TEMPLATE,
  };
  const streams = createTaskStreams({
    ...{ feed, tasks, requireHistory },
    perCaller: environment.STORY_TREE_LIMIT_STREAMS,
  });
  const note = createErrorLog(log);
  const health = createHealthChecks({
    ...{ database, queue },
    ...{ mode: defaultMode(environment), authentication: sessions.isRequired },
  });
  return {
    sessions,
    realtime,
    stories: createStoryReading({
      repositories,
      overview: createStoryOverview(database.kysely),
      finder,
      assets,
      settings,
    }),
    costs: createCostReading({ journal: createModelCallJournal(database.kysely), calls, history, finder }),
    estimating: createEstimating({
      estimator: createEstimator(environment, database),
      finder,
      mode: defaultMode(environment),
    }),
    shotRequests: createShotRequestReading({ repositories, calls, finder }),
    tasks: { ...createTaskReading({ tasks, history, finder, requireHistory }), ...createTaskRequests(storyTasks) },
    streams,
    bundles: createBundles({ finder, assets, settings }),
    player: {
      html: playerPage.html,
      address: async (storyId, scenelet) => playerAddress((await finder.require(storyId)).id, scenelet),
    },
    files: createGeneratedFiles(assets, createThumbnails(shrinkPicture)),
    metrics: createAppMetrics({ queue, health: health.overview, openStreams: streams.count }),
    health,
    explain(thrown) {
      note(thrown);
      const reply = errorReply(thrown);
      return { ...reply, body: JSON.parse(secrets.redactJson(JSON.stringify(reply.body))) };
    },
  };
}
