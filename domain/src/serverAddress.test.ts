import { expect, test } from 'vitest';
import { hasUnescapedLogin } from './serverAddress.ts';

test.each([
  'postgresql://me:p@ss#1/x@db.example.org:5432/stories',
  'postgresql://me:a/b@db.example.org/stories',
  'postgresql://me:12/34@db.example.org/stories',
  'postgresql://me:12?34@db.example.org/stories',
  'postgresql://me:a?b=c@db.example.org/stories',
  'redis://:a#b@cache.example.org:6379/1',
  'rediss://me:#@cache.example.org',
])('%s has a password that ends too early', (address) => {
  expect(hasUnescapedLogin(address)).toBe(true);
});

test.each([
  'postgresql://me:p%40ss%231%2Fx@db.example.org:5432/stories?sslmode=verify-full&sslrootcert=/srv/a@b.crt',
  'postgresql://me:p@ss@db.example.org/stories',
  'postgresql://me@/stories?host=/var/run/postgresql',
  'postgresql:///stories?user=me@tenant&host=/tmp',
  'postgresql://%2Fvar%2Frun/stories',
  'redis://cache.example.org:6379/0',
  'redis://:secret@[::1]:6379',
  'localhost:5432',
])('%s can be read as it is', (address) => {
  expect(hasUnescapedLogin(address)).toBe(false);
});
