import { openStoryTaskQueue } from '@story-tree/story-tasks';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { expect, it } from 'vitest';

it('is brought up by several processes at once, and closed to people who sign in', async () => {
  const database = await createTestDatabase();
  // Databases of tests have the tables of a queue from the beginning.
  await database.pool.query('drop schema bullmq cascade');
  const open = () => openStoryTaskQueue({ environment: {}, database, log: () => undefined });
  const queues = await Promise.all([open(), open(), open(), open()]);
  await Promise.all(queues.map((queue) => queue.ping()));
  const { rows } = await database.pool.query<{ role: string; allowed: boolean }>(`
    select rolname as role, has_schema_privilege(rolname, 'bullmq', 'usage') as allowed
    from pg_roles where rolname in ('anon', 'authenticated') order by 1
  `);
  expect(rows).toEqual([
    { role: 'anon', allowed: false },
    { role: 'authenticated', allowed: false },
  ]);
  await Promise.all(queues.map((queue) => queue.close()));
  await database.close();
});
