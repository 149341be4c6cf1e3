import type { ChildProcess } from 'node:child_process';
import type { TestDatabase } from '../database/database.ts';
import { eventually } from '../eventually.ts';

const OPEN_TRANSACTIONS = `select from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`;

/**
 * Has a worker stand still (SIGSTOP) while something else is done. It is stopped where it holds no lock: what it had locked
 * in a transaction would stay locked until the server ends its session, a minute later.
 * @param worker that of an app, which may have none
 * @param database the one that it works on
 * @throws Error when there is no worker, or when it had a transaction open whenever it was stopped
 */
export async function whileItStandsStill<T>(
  worker: { process: ChildProcess } | null,
  { pool }: TestDatabase,
  work: () => Promise<T>,
): Promise<T> {
  if (worker === null) throw new Error('There is no worker that could stand still.');
  const { process } = worker;
  const stop = async () => {
    process.kill('SIGSTOP');
    const { rowCount } = await pool.query(OPEN_TRANSACTIONS);
    if (rowCount === 0) return true;
    process.kill('SIGCONT');
    return null;
  };
  try {
    await eventually(stop, () => 'The worker had a transaction open whenever it was stopped.');
    return await work();
  } finally {
    process.kill('SIGCONT');
  }
}
