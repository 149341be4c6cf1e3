/**
 * Usage: node workerChild.ts <environment as JSON>. A worker for scripted operations, in a process that can be killed.
 */
import process from 'node:process';
import type { Environment } from '@story-tree/runtime';
import { openDatabase } from '@story-tree/supabase';
import { startWorker } from '../../../task-worker/src/worker/startWorker.ts';
import { runScripted } from './scriptedOperation.ts';

const [given = '{}'] = process.argv.slice(2);
const environment: Environment = JSON.parse(given);
const log = (level: string, message: string, fields = {}) =>
  void process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
const database = await openDatabase({
  databaseUrl: environment.DATABASE_URL,
  home: environment.STORY_TREE_HOME ?? '',
  log: () => undefined,
});
const worker = await startWorker({ environment, database, log, runOperation: runScripted, reconcileEveryMs: 1_000 });
log('info', 'ready');
process.once('SIGTERM', async () => {
  await worker.close();
  process.exit(0);
});
