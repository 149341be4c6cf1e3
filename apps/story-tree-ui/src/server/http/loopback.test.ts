import { describe, expect, it } from 'vitest';
import { isLoopbackHeader, localUrl, requireLoopbackUnlessSignIn } from './loopback.ts';

it.each(['localhost', '127.0.0.1', '127.8.9.1:80', '[::1]:3000', 'LocalHost:3000'])('%s is this machine', (host) => {
  expect(isLoopbackHeader(host)).toBe(true);
});

it.each([undefined, '', 'example.org', 'localhost.example.org', '128.0.0.1', '0.0.0.0', '[::]', 'localhost:x'])(
  '%s is not, or not for sure',
  (host) => {
    expect(isLoopbackHeader(host)).toBe(false);
  },
);

describe('an address to listen at', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:80'],
    ['::1', 'http://[::1]:80'],
    ['example.org', 'http://example.org:80'],
  ])('%s is reached from here as %s', (host, url) => {
    expect(localUrl(host, 80)).toBe(url);
  });

  it('may be open to others only where people sign in', () => {
    expect(() => requireLoopbackUnlessSignIn('0.0.0.0', false)).toThrow('SUPABASE_JWT_SECRET');
    requireLoopbackUnlessSignIn('0.0.0.0', true);
    requireLoopbackUnlessSignIn('::1', false);
  });
});
