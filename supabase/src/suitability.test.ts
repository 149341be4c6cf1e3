import { expect, test } from 'vitest';
import { type ServerFacts, unsuitability } from './suitability.ts';

const SUITABLE: ServerFacts = {
  version: 150_000,
  encoding: 'UTF8',
  isStandby: false,
  readOnlyBy: null,
  database: 'stories',
  user: 'Story Tree',
  mayCreateSchemas: true,
  mayCreateTables: true,
  missingRoles: [],
  foreignOwner: null,
};

test('a database with everything that we need can serve', () => {
  expect(unsuitability(SUITABLE)).toBeNull();
});

test.each<[Partial<ServerFacts>, RegExp]>([
  [{ version: 140_011 }, /PostgreSQL 14, and Story Tree needs 15 or newer: upgrade it/],
  [{ version: 90_624 }, /PostgreSQL 9,/],
  [{ isStandby: true }, /standby.*"select pg_promote\(\)"/],
  [{ readOnlyBy: 'configuration file' }, /"alter system set default_transaction_read_only = off"/],
  [{ readOnlyBy: 'client' }, /take default_transaction_read_only out of DATABASE_URL/],
  [{ readOnlyBy: 'command line' }, /start the server without default_transaction_read_only/],
  [
    { missingRoles: ['anon', 'service_role'] },
    /"create role anon nologin noinherit; create role service_role .* bypassrls"/,
  ],
  [{ mayCreateSchemas: false }, /The user "Story Tree" may not create schemas in the database stories/],
])('%j', (facts, sentence) => {
  expect(unsuitability({ ...SUITABLE, ...facts })).toMatch(sentence);
});
