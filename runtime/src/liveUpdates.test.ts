import { expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';
import { readLiveUpdates } from './liveUpdates.ts';

const OWN = 'postgresql://story_tree:secret@db.example.org:5432/story_tree';
const HOSTED = {
  STORY_TREE_LIVE: 'realtime',
  SUPABASE_JWKS_URL: 'https://abcdefgh.supabase.co/auth/v1/.well-known/jwks.json',
  SUPABASE_URL: 'https://abcdefgh.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'key',
  DATABASE_URL: 'postgresql://postgres:secret@db.abcdefgh.supabase.co:5432/postgres',
};
const read = (variables: Readonly<Record<string, string>>) => readLiveUpdates(parseEnvironment(variables));

it.each([
  ['not set', ''],
  ['set to the stream', 'stream'],
])('is the stream while STORY_TREE_LIVE is %s, whatever database and project there are', (_, STORY_TREE_LIVE) => {
  expect(read({ ...HOSTED, STORY_TREE_LIVE })).toBeNull();
  expect(read({ ...HOSTED, STORY_TREE_LIVE, DATABASE_URL: OWN })).toBeNull();
});

it.each([
  ['its database', {}],
  ['its pooler', { DATABASE_URL: 'postgresql://postgres.abcdefgh:x@aws-0-eu.pooler.supabase.com:5432/postgres' }],
  ['a tunnel', { DATABASE_URL: 'postgresql://postgres:x@127.0.0.1:6000/postgres' }],
  ['a project that somebody hosts', { SUPABASE_URL: 'https://supabase.example.org', DATABASE_URL: OWN }],
])('is Realtime where the database may be the project’s own: %s', (_, variables) => {
  const environment = { ...HOSTED, ...variables };
  expect(read(environment)).toEqual({ url: environment.SUPABASE_URL, publishableKey: 'key' });
});

it.each([
  ['the embedded database', { DATABASE_URL: '' }, 'set DATABASE_URL'],
  ['another PostgreSQL', { DATABASE_URL: OWN }, 'set DATABASE_URL'],
  [
    'another project',
    { DATABASE_URL: 'postgresql://postgres:x@db.zyxw.supabase.co:5432/postgres' },
    'set DATABASE_URL',
  ],
  ['nobody who signs in', { SUPABASE_JWKS_URL: '' }, 'set SUPABASE_JWKS_URL'],
  ['no project to sign in to', { SUPABASE_PUBLISHABLE_KEY: '' }, 'SUPABASE_PUBLISHABLE_KEY'],
])('refuses Realtime with %s', (_, variables, wayOut) => {
  const attempt = () => read({ ...HOSTED, ...variables });
  expect(attempt).toThrow(expect.objectContaining({ code: 'not_configured' }));
  expect(attempt).toThrow(wayOut);
  expect(attempt).not.toThrow('secret');
});
