import { expect, test } from 'vitest';
import { reasonIn, startFailure } from './startFailure.ts';

const CLUSTER = { home: '/h', directory: '/h/postgres', name: 'x', user: undefined, actor: undefined };
const STAMP = '2026-12-01 12:00:00.000 UTC [7]';

/** [what was written, the reason in it]. */
const WRITTEN: readonly [string, string | undefined][] = [
  ['', undefined],
  [`${STAMP} FATAL:  the database system is starting up`, undefined],
  [
    `${STAMP} PANIC:  could not locate a valid checkpoint record at 0/1\n` +
      `${STAMP} LOG:  startup process (PID 8) was terminated by signal 6: Aborted\n` +
      `${STAMP} FATAL:  the database system is starting up\npg_ctl: could not start server\nExamine the log output.`,
    'could not locate a valid checkpoint record at 0/1',
  ],
  [
    `${STAMP} FATAL:  database files are incompatible with server\n` +
      `${STAMP} DETAIL:  The data directory was initialized by PostgreSQL version 15.`,
    'database files are incompatible with server: The data directory was initialized by PostgreSQL version 15.',
  ],
  [
    `${STAMP} LOG:  syntax error in file "postgresql.conf" line 9, near token "="\n` +
      `${STAMP} FATAL:  configuration file "postgresql.conf" contains errors`,
    'syntax error in file "postgresql.conf" line 9, near token "="',
  ],
  [
    'postgres: could not find the database system\nExpected to find it in the directory "data",\n' +
      'but could not open file "data/global/pg_control": No such file or directory\npg_ctl: could not start server',
    'could not find the database system. Expected to find it in the directory "data", ' +
      'but could not open file "data/global/pg_control": No such file or directory',
  ],
  [
    'pg_ctl: directory "data" is not a database cluster directory',
    'directory "data" is not a database cluster directory',
  ],
];

test.each(WRITTEN)('%j tells the reason', (written, reason) => {
  expect(reasonIn(written)).toBe(reason);
});

test.each([
  [
    'data directory "/h" has invalid permissions',
    'not_configured',
    'run "chmod 700" on /h/postgres/data, then try again',
  ],
  [
    'could not open file "global/1262": Permission denied',
    'not_configured',
    /run "chown -hR \S+" and "chmod -R u\+rwX" on/,
  ],
  ['database files are incompatible with server', 'not_configured', 'the release of Story Tree that made it, or run'],
  [
    'could not open file "base/5/1259": No such file',
    'not_configured',
    'run "npm run story-tree -- reset", which keeps',
  ],
  ['could not write to file "x": No space left on device', 'database_unavailable', 'free some space on its disk'],
  ['could not create any TCP/IP sockets', 'database_unavailable', 'try again, on another port'],
  ['could not map anonymous shared memory: Cannot allocate memory', 'database_unavailable', 'end other programs'],
  ['lock file "postmaster.pid" already exists', 'database_unavailable', 'end other programs'],
])('%s: %s, with a way out', async (reason, code, way) => {
  const failure = await startFailure(CLUSTER, `${STAMP} FATAL:  ${reason}`);
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(`(${reason}): `);
  expect(failure.message).toMatch(way);
  expect(failure.message).toMatch(/ Its log is \/h\/postgres\/postgres\.log\.$/);
});
