import { openDatabase } from '@story-tree/supabase';
import { createEmptyDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { makeTransactionPooler, type PoolerOptions } from '@story-tree/testkit/database/transactionPooler.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.close());

const POOLERS: PoolerOptions[] = [
  { sessions: 1, next: 'last used' },
  { sessions: 2, next: 'last used' },
  { sessions: 2, next: 'in turns' },
  { sessions: 3, next: 'in turns' },
  { sessions: 4, next: 'in turns' },
];

it.each(POOLERS)(
  'a transaction pooler with $sessions sessions, $next, is refused and left as it was',
  async (options) => {
    const address = await makeTransactionPooler(database.connectionString, options);
    await expect(openDatabase({ databaseUrl: address, home: '', log: () => undefined })).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringMatching(/transaction pooler.*session pooler/),
    });

    const client = new pg.Client(address);
    await client.connect();
    for (let session = 0; session < options.sessions; session++) {
      const { rows } = await client.query(
        `select current_setting('search_path') as path, current_setting('statement_timeout') as timeout`,
      );
      expect(rows).toEqual([{ path: '"$user", public', timeout: '0' }]);
    }
    await client.end();
  },
);
