import { access, chmod, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase, stopCluster } from '@story-tree/supabase';
import { makeHomeWithCluster, removeHome } from '@story-tree/testkit/database/clusters.ts';
import { jsonOf, runCli } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

let home: string;
let data: string;

// One cluster, which each test leaves as it should be.
beforeAll(async () => {
  const made = await makeHomeWithCluster();
  home = made.home;
  data = path.join(made.directory, 'data');
});
afterAll(() => removeHome(home, `${home}-backups`));

/** Leaves no server behind, under which the next test would do its damage. */
async function open(): Promise<void> {
  const database = await openDatabase({ home, log: () => undefined });
  await database.close();
  await stopCluster({ home });
}

async function expectRefusal(...parts: (string | RegExp)[]): Promise<void> {
  const failure = await open().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: 'not_configured' });
  const { message } = failure as Error;
  for (const part of [...parts, `Its log is ${path.join(home, 'postgres/postgres.log')}.`])
    expect(message).toMatch(part);
}

it('permissions that PostgreSQL refuses are named with the command that helps', async () => {
  await chmod(data, 0o755);
  await expectRefusal('did not start', 'has invalid permissions', `run "chmod 700" on ${data}`);
  await chmod(data, 0o700);
  await open();
});

it('a file that is missing is named, also one without which there is no log', async () => {
  const file = path.join(data, 'global/pg_control');
  await rename(file, `${home}/aside`);
  await expectRefusal('did not start', /could not open file ".*pg_control": No such file/, 'put a backup of');
  await rename(`${home}/aside`, file);
  await open();
});

it('a server that starts and cannot serve is not waited for; reset keeps it and begins with an empty one', async () => {
  await rm(path.join(data, 'base'), { recursive: true });
  await expectRefusal('does not work', 'The database subdirectory "base/', 'run "npm run story-tree -- reset"');

  const variables = { STORY_TREE_HOME: home, STORY_TREE_ASSETS: `${home}/assets` };
  const reset = await runCli(['reset', '--yes', '--json'], variables);
  expect(reset.code, reset.stderr).toBe(0);
  await access(path.join(String(jsonOf(reset).backupPath), 'database/data/global/pg_control'));
  await open();
});
