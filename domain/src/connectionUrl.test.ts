import { expect, it } from 'vitest';
import { hasUnencodedCredentials } from './connectionUrl.ts';

it.each([
  'redis://:p@ss/word@cache.example:6379',
  'postgresql://me:12/34@db.example/stories',
  'postgresql://me:a#b@db.example/stories',
  'postgresql://me:a?b@db.example:5432/stories?sslmode=require',
  'postgresql://me:100%@db.example/stories',
  'rediss://me:50%zz@cache.example/1',
  'postgresql://me:p@ss#1/x@db.example:5432/stories',
  'postgresql://me:a?b=c@db.example/stories',
  'rediss://me:#@cache.example',
])('%s has a password that is to be encoded', (address) => {
  expect(hasUnencodedCredentials(address)).toBe(true);
});

it.each([
  'redis://cache.example',
  'redis://:p@ssword@cache.example:6379',
  'rediss://:p%40ss%2Fword@cache.example:6379/2',
  'redis://me:100%25@[::1]:6379/0?family=6',
  'postgresql://me:secret@db.example:5432/stories?options=-c%20role%3Dme',
  'postgresql://db.example/stories?user=me@tenant&password=x',
  'postgresql://me:secret@db.example/stories?sslmode=verify-full&sslrootcert=/srv/a@b.crt',
  'postgresql://me@/stories?host=/var/run/postgresql',
  'postgresql://%2Fvar%2Frun/stories',
  'localhost:5432',
  'postgresql:///stories?host=/run/postgresql&user=me@tenant',
  'http://127.0.0.1:6379/a%',
])('%s is in order', (address) => {
  expect(hasUnencodedCredentials(address)).toBe(false);
});
