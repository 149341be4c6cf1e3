import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createModelCallJournal, migrate } from '@story-tree/supabase';
import { createEmptyDatabase } from '@story-tree/testkit/database/database.ts';
import { newCall } from '@story-tree/testkit/database/fixtures.ts';
import { expect, it, onTestFinished } from 'vitest';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../supabase/migrations');
/** The first one that knows of interrupted calls. */
const INTERRUPT = '20261130110000_interrupt_model_calls.sql';
const silent = () => undefined;

it('a journal of an older release keeps its order, and what nobody waits for is marked as interrupted', async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());
  const older = await mkdtemp(path.join(tmpdir(), 'story-tree-older-'));
  onTestFinished(() => rm(older, { recursive: true }));
  for (const name of (await readdir(MIGRATIONS)).filter((file) => file < INTERRUPT)) {
    await cp(path.join(MIGRATIONS, name), path.join(older, name));
  }
  const { connectionString, pool } = database;
  await migrate({ connectionString, directory: older, log: silent });

  const newStory = async () => {
    const { rows } = await pool.query<{ id: string }>(
      `insert into stories (display_name, initial_prompt, mode) values ('Old', 'Old', 'stub') returning id`,
    );
    return rows[0]?.id ?? '';
  };
  const [left, held] = [await newStory(), await newStory()];
  const identity = newCall(left);
  const call = (storyId: string, status: string, reply: string | null, minute: number) =>
    pool.query(
      `insert into model_calls (run_id, story_id, workflow_task, unit_key, kind, model, request_hash, request, status,
         reply_text, started_at)
       values ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, $10)`,
      [
        identity.runId,
        storyId,
        ...[identity.workflowTask, identity.unitKey, identity.kind, identity.model, identity.requestHash],
        ...[status, reply, new Date(Date.UTC(2026, 10, 20, 10, minute))],
      ],
    );
  await call(left, 'committed', 'newer', 2);
  await call(left, 'committed', 'older', 1);
  await call(left, 'started', null, 3);
  await call(held, 'started', null, 4);
  await pool.query(`select acquire_story_lease($1, 'me', '1 minute')`, [held]);

  await migrate({ connectionString, directory: MIGRATIONS, log: silent });
  const { rows } = await pool.query('select status, reply_text from model_calls order by number');
  expect(rows.map(({ status, reply_text }) => reply_text ?? status)).toEqual([
    ...['older', 'newer', 'interrupted', 'started'],
  ]);
  const journal = createModelCallJournal(database.kysely);
  expect(await journal.findCommitted(identity, 'story')).toMatchObject({ replyText: 'newer', replySha256: null });
  await journal.start(identity, {}, new Map());
});
