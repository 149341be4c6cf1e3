import type { ChildProcess } from 'node:child_process';
import type { TestDatabase } from '../database/database.ts';
import { eventually } from '../eventually.ts';

const OPEN_TRANSACTIONS = `select from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`;

/**
 * Has a process stand still (SIGSTOP) where it holds no lock: what it had locked in a transaction would stay locked until
 * the server ends its session, a minute later.
 */
export async function standStill(process: ChildProcess, { pool }: TestDatabase): Promise<void> {
  await eventually(
    async () => {
      process.kill('SIGSTOP');
      const { rowCount } = await pool.query(OPEN_TRANSACTIONS);
      if (rowCount === 0) return true;
      process.kill('SIGCONT');
      return null;
    },
    () => 'The process had a transaction open whenever it was stopped.',
  );
}
