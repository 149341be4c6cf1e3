import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type CallContext,
  type MediaReply,
  ModelSlots,
  resumeStoryWorkflow,
  type StoryWorkflow,
  slotCounts,
  type WorkflowDependencies,
} from '@story-tree/agent-backend';
import type { StoryLease } from '@story-tree/domain';
import { workflowDependencies } from '@story-tree/runtime';
import { createStoryLeases } from '@story-tree/supabase';
import { createTestDatabase, lockWaiters, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { newCall, OUTCOME, storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

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

  /** Somebody else makes the same in the meantime. @returns the bytes of its files */
  async function othersMake(media: Media): Promise<Buffer[]> {
    await lose();
    await (await workflow(dependencies())).runTask(media.task);
    return await contents(media);
  }

  async function contents(media: Media): Promise<Buffer[]> {
    return await Promise.all((await stored(media)).map((file) => readFile(path.join(folder, String(file)))));
  }

  /** Of what the journal has in use: the hashes of its files. */
  async function kept({ kind }: Media): Promise<(string | null)[]> {
    const rows = await database.kysely
      .selectFrom('model_calls')
      .select('reply_sha256')
      .where('story_id', '=', storyId)
      .where('kind', '=', kind)
      .where('workflow_task', 'like', 'CREATE_SHOT%')
      .where('status', '=', 'committed')
      .execute();
    return rows.map(({ reply_sha256 }) => reply_sha256);
  }

  /** A reply of its own, unlike that of anybody else. */
  const otherReply: Record<Media['kind'], () => Promise<Uint8Array>> = {
    image: () =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    speech: async () => new Uint8Array(4800).fill(1),
  };

  test.each(MEDIA)('when $what is on the disk but not in its place leaves that of others alone', async (media) => {
    const given = dependencies();
    let theirs: Buffer[] = [];
    const assets: typeof given.assets = {
      ...given.assets,
      async stage(...file) {
        const staged = await given.assets.stage(...file);
        theirs = await othersMake(media);
        return staged;
      },
    };
    const make = async (request: never, context: CallContext) => ({
      ...(await given.models[media.kind](request, context)),
      bytes: await otherReply[media.kind](),
    });
    const models = { ...given.models, [media.kind]: make };
    const run = (await workflow({ ...given, assets, models })).runTask(media.task);
    expect((await failureOf(run)).code).toBe('lease_lost');

    expect(await contents(media)).toEqual(theirs);
    expect(await kept(media)).toEqual(theirs.map((bytes) => createHash('sha256').update(bytes).digest('hex')));
    expect((await files()).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test.each(MEDIA)('keeps the story until $what that is being published is in the journal', async (media) => {
    const given = dependencies();
    let keptWhenLost: ReturnType<typeof kept> | undefined;
    const assets: typeof given.assets = {
      ...given.assets,
      async stage(...file) {
        const staged = await given.assets.stage(...file);
        return {
          ...staged,
          async publish() {
            keptWhenLost = lose().then(() => kept(media));
            await expect.poll(() => lockWaiters(database, 'acquire_story_lease')).toBe(1);
            await staged.publish();
          },
        };
      },
    };
    // Whether it stores its last row as well depends on who is first once the picture or voice is in the journal.
    const run = (await workflow({ ...given, assets })).runTask(media.task);
    await run.catch((error: unknown) => expect(error).toMatchObject({ code: 'lease_lost' }));
    expect(await keptWhenLost).toHaveLength(1);
  });

  test('has nothing left to publish once the next writer has begun', async () => {
    const { assets } = dependencies();
    const file = `generated/${storyId}/red.png`;
    const staged = await assets.stage(file, Buffer.from('red'));
    await lose();
    await assets.sweep(storyId);
    await (await assets.stage(file, Buffer.from('blue'))).publish();
    expect((await failureOf(staged.publish())).code).toBe('file_error');
    expect(Buffer.from(await assets.read(file)).toString()).toBe('blue');
  });

  test('has its calls marked as interrupted, and still says what they cost', async () => {
    const { journal } = dependencies();
    const [answered, unanswered] = [
      await journal.start(newCall(storyId), {}, new Map()),
      await journal.start(newCall(storyId), {}, new Map()),
    ];
    await lose();
    const statuses = async () => {
      const calls = await database.kysely
        .selectFrom('model_calls')
        .select(['status', 'cost_usd'])
        .where('id', 'in', [answered, unanswered])
        .orderBy('started_at')
        .execute();
      return calls.map(({ status, cost_usd }) => [status, cost_usd]);
    };
    expect(await statuses()).toEqual([
      ['interrupted', null],
      ['interrupted', null],
    ]);
    expect((await failureOf(journal.commit(answered, { text: 'late' }, OUTCOME))).code).toBe('lease_lost');
    expect((await failureOf(journal.fail(unanswered, 'lease_lost', 1))).code).toBe('lease_lost');
    await journal.fail(answered, 'lease_lost', 1, OUTCOME);
    expect(await statuses()).toEqual([
      ['failed', '0.012500'],
      ['interrupted', null],
    ]);
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
