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

  it.each(['0.0.0.0', '::', '192.168.0.1', 'example.org'])(
    'may be open to others only where people sign in: %s',
    (host) => {
      const refused = () => requireLoopbackUnlessSignIn(host, false);
      expect(refused).toThrow(`HOST is ${host}, which others can reach`);
      expect(refused).toThrow('SUPABASE_JWT_SECRET');
      requireLoopbackUnlessSignIn(host, true);
    },
  );

  it('may be that of this machine without sign-in', () => requireLoopbackUnlessSignIn('::1', false));
});
