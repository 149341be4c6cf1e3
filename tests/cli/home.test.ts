import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeHome, removeHome } from '@story-tree/testkit/database/clusters.ts';
import {
  jsonOf,
  makeWorkplace,
  runCli,
  runCliProcess,
  SMALL_STORY,
  type Variables,
  type Workplace,
} from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { placesOf } from '../../supabase/src/embedded/cluster.ts';

let home: string;
let place: Workplace;
let variables: Variables;

beforeAll(async () => {
  home = await makeHome();
  place = await makeWorkplace(SMALL_STORY);
  const { DATABASE_URL: _, ...folders } = place.variables;
  // Nobody listens there: whether an app runs on this machine is not to matter.
  variables = { ...folders, STORY_TREE_HOME: home, PORT: '9' };
});
afterAll(async () => {
  await place.remove();
  await removeHome(home, `${home}-backups`);
});

/** What pg, libpq, PostgreSQL's programs and their libraries read, each so that it would do harm. */
const INHERITED: Variables = {
  PGHOST: 'nowhere.invalid',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGDATABASE: 'nothing',
  PGUSER: 'nobody-at-all',
  PGPASSWORD: 'wrong',
  PGPASSFILE: '/dev/null/x',
  PGSERVICE: 'none',
  PGSERVICEFILE: '/dev/null/x',
  PGSYSCONFDIR: '/dev/null',
  PGOPTIONS: '-c search_path=x -c default_transaction_read_only=on',
  PGAPPNAME: 'story-tree-warden',
  PGSSLMODE: 'verify-full',
  PGSSLNEGOTIATION: 'direct',
  PGSSLROOTCERT: '/dev/null/x',
  PGREQUIREAUTH: 'none',
  PGREQUIRESSL: '1',
  PGCHANNELBINDING: 'require',
  PGGSSENCMODE: 'require',
  PGTARGETSESSIONATTRS: 'standby',
  PGCONNECT_TIMEOUT: '1',
  PGCLIENTENCODING: 'SQL_ASCII',
  PGCLIENT_ENCODING: 'latin1',
  PGREPLICATION: 'database',
  PGBINARY: '1',
  PGDATESTYLE: 'German',
  PGTZ: 'Asia/Tokyo',
  PGGEQO: 'off',
  PGDATA: '/dev/null',
  PG_COLOR: 'always',
  NODE_PG_FORCE_NATIVE: '1',
  LC_ALL: 'xx_XX.NONE',
  LANG: 'xx_XX.NONE',
};

it('doctor finds everything in order, whatever variables of PostgreSQL are inherited', async () => {
  const run = await runCliProcess(['doctor', '--json'], { ...variables, ...INHERITED });
  expect(run.code, run.stdout).toBe(0);
  const findings = jsonOf(run).findings as { what: string; ok: boolean; detail: string }[];
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.find(({ what }) => what === 'Embedded PostgreSQL')?.detail).toMatch(/version \d+/);
  expect(findings.find(({ what }) => what === 'Workers')).toMatchObject({
    open: true,
    detail: expect.stringMatching(/^none/),
  });
});

it.runIf(process.getuid?.() === 0)('doctor names every folder with a database, and which is used', async () => {
  const { apart, inHome } = await placesOf(home);
  await mkdir(path.join(apart, 'data'), { recursive: true });
  onTestFinished(() => rm(path.dirname(apart), { recursive: true }));
  const run = await runCli(['doctor', '--json'], variables);
  expect(run.code, run.stdout).toBe(1);
  const findings = jsonOf(run).findings as { what: string; ok: boolean; detail: string }[];
  const folders = findings.filter(({ what }) => what === 'Database folder');
  expect(folders).toContainEqual({ what: 'Database folder', ok: true, detail: inHome });
  expect(folders.filter(({ ok }) => !ok).map(({ detail }) => detail)).toEqual([
    expect.stringMatching(new RegExp(`^${apart} could be this home's too and is not used`)),
  ]);
});

it('doctor says what to do about a database that does not answer, and leaves with 1', async () => {
  const run = await runCli(['doctor'], { ...variables, DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x' });
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('No database answers at 127.0.0.1:9');
  expect(run.stdout).toContain('DATABASE_URL: "postgres://***@127.0.0.1:9/x", from the environment');
  expect(run.stdout).toContain('? Workers: not checked');
});

it.each<[string, Variables, string]>([
  ['a queue that cannot be reached', { REDIS_URL: 'redis://127.0.0.1:9' }, 'Redis at 127.0.0.1:9 does not answer'],
  ['a misspelt setting', { STORY_TREE_ASETS: 'x' }, 'did you mean STORY_TREE_ASSETS?'],
  ['an app that others could reach', { HOST: '0.0.0.0' }, 'the app will not start'],
  ['a sign-in without an issuer', { SUPABASE_JWT_SECRET: 'x'.repeat(32) }, 'set SUPABASE_URL'],
  ['a secret that can be guessed', { SUPABASE_JWT_SECRET: 'x' }, 'SUPABASE_JWT_SECRET has 1 bytes'],
])('doctor says what to do about %s, and leaves with 1', async (_, more, wanted) => {
  const run = await runCli(['doctor'], { ...variables, ...more });
  expect(run.code).toBe(1);
  expect(run.stdout).toContain(wanted);
});

it('reset asks first, then removes everything and leaves a backup', async () => {
  const made = await runCli(['run-all', '--mode', 'stub', '--until', 'CREATE_CONSTITUTION'], variables);
  expect(made.code, made.stderr).toBe(0);
  expect((await runCli(['reset'], variables)).code).toBe(2);
  expect(jsonOf(await runCli(['stories', 'list', '--json'], variables)).stories).toHaveLength(1);

  const run = await runCli(['reset', '--yes', '--json'], variables);
  expect(run.code, run.stderr).toBe(0);
  expect(await readdir(path.join(String(jsonOf(run).backupPath), 'database'))).toContain('data');
  await expect(stat(path.join(home, 'database-folder'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(jsonOf(await runCli(['stories', 'list', '--json'], variables)).stories).toEqual([]);
});

it('reset never touches a database of one’s own', async () => {
  const run = await runCli(['reset', '--yes'], place.variables);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('DATABASE_URL');
});
