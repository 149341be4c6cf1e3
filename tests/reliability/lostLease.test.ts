import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resumeStoryWorkflow, type StoryWorkflow } from '../../agent-backend/src/index.ts';
import type { CallContext, MediaReply } from '../../agent-backend/src/models/ports.ts';
import { workflowDependencies } from '../../agent-backend/src/runtime/index.ts';
import type { WorkflowDependencies } from '../../agent-backend/src/workflow/engine.ts';
import { ModelSlots, slotCounts } from '../../agent-backend/src/workflow/slots.ts';
import type { StoryLease } from '../../domain/src/index.ts';
import { createStoryLeases } from '../../supabase/src/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { storeNewStory } from '../support/storeNewStory.ts';
import { failureOf } from '../support/workflowRig.ts';

const MEDIA = [
  { task: 'CREATE_SHOT_IMAGES', kind: 'image', what: 'a key frame', column: 'key_frame_image_path' },
  { task: 'CREATE_SHOT_AUDIO', kind: 'speech', what: 'speech', column: 'audio_file_path' },
] as const;
type Media = (typeof MEDIA)[number];

describe('whoever lost the story', () => {
  let database: TestDatabase;
  let folder: string;
  let storyId: string;
  let lease: StoryLease;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'story-tree-lease-'));
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    storyId = await storeNewStory(database);
    lease = await take('me');
    await (await workflow(dependencies())).runAllTasks({ until: 'CREATE_ENVIRONMENT_REFERENCE_IMAGE' });
    return () => lease.release();
  });

  const take = (holder: string) => createStoryLeases(database.kysely).acquire(storyId, holder);

  /** Somebody else has it from now on. */
  async function lose(): Promise<void> {
    await database.pool.query(
      "update story_leases set expires_at = clock_timestamp() - interval '1 second' where story_id = $1",
      [storyId],
    );
    lease.forget();
    lease = await take('somebody else');
  }

  /** The model answers; meanwhile the story goes. */
  function thenLose<Request>(make: (request: Request, context: CallContext) => Promise<MediaReply>): typeof make {
    return async (request, context) => {
      const reply = await make(request, context);
      await lose();
      return reply;
    };
  }

  function dependencies(): WorkflowDependencies {
    const size = { STUB_SCENELETS: 1, STUB_SHOTS_PER_SCENELET: 1, STUB_BRANCHING: 1 };
    return workflowDependencies({
      environment: { STORY_TREE_ASSETS: folder, STORY_TREE_OUTPUT: path.join(folder, 'output'), ...size },
      database,
      mode: 'stub',
      fence: lease,
      slots: new ModelSlots(slotCounts(1)),
      runId: randomUUID(),
      signal: new AbortController().signal,
      log: () => undefined,
      onProgress: () => undefined,
    });
  }

  const workflow = (given: WorkflowDependencies): Promise<StoryWorkflow> => resumeStoryWorkflow(storyId, given);

  async function stored({ column }: Media): Promise<unknown[]> {
    const rows = await database.kysely.selectFrom('shots').select(column).where('story_id', '=', storyId).execute();
    return rows.map((row) => Object.values(row)[0]);
  }

  async function files(): Promise<string[]> {
    const entries = await readdir(path.join(folder, 'generated', storyId), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    return paths.map((file) => path.relative(folder, file)).sort();
  }

  test.each(MEDIA)('while $what is being made stores neither a file nor a row', async (media) => {
    const before = await files();
    const given = dependencies();
    const { models } = given;
    const losing = { ...models, image: thenLose(models.image), speech: thenLose(models.speech) };
    const run = (await workflow({ ...given, models: losing })).runTask(media.task);
    expect((await failureOf(run)).code).toBe('lease_lost');
    expect(await files()).toEqual(before);
    expect(await stored(media)).toEqual([null]);
  });

  test.each(MEDIA)(
    'once $what is paid for stores no row, and leaves it to the next, who pays nothing',
    async (media) => {
      const before = await files();
      const given = dependencies();
      const journal: typeof given.journal = {
        ...given.journal,
        async commit(...call) {
          await given.journal.commit(...call);
          await lose();
        },
      };
      const run = (await workflow({ ...given, journal })).runTask(media.task);
      expect((await failureOf(run)).code).toBe('lease_lost');
      expect(await stored(media)).toEqual([null]);

      const next = dependencies();
      const models = { ...next.models, [media.kind]: () => Promise.reject(new Error('It was paid for already.')) };
      await (await workflow({ ...next, models })).runTask(media.task);
      const [file] = await stored(media);
      expect(await files()).toEqual([...before, file].sort());
    },
  );
});
