import { describe, expect, it } from 'vitest';
import { createOwnOrigin } from './ownOrigin.ts';

const HOST = 'stories.example.org';
const https = { 'x-forwarded-proto': 'https' };

describe('without a public address, a page is the app’s own', () => {
  const { isOwn } = createOwnOrigin(undefined);
  it.each([
    [{ host: HOST, origin: `https://${HOST}` }, true],
    [{ host: `${HOST}:443`, origin: `https://${HOST}`, ...https }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    [{ host: HOST.toUpperCase(), origin: `http://${HOST}` }, true],
    [{ host: HOST, origin: `http://${HOST}`, ...https }, false],
    [{ host: 'localhost:3000', origin: 'http://localhost:3001' }, false],
    [{ host: 'localhost:3000', origin: 'https://evil.example' }, false],
    [{ host: HOST, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, false],
    [{ host: HOST, origin: 'null' }, false],
    [{ host: HOST }, false],
  ])('%j: %s', (headers, own) => {
    expect(isOwn(headers)).toBe(own);
  });
});

describe('with a public address, a page is the app’s own', () => {
  const { isOwn } = createOwnOrigin(`https://${HOST}/`);
  it.each([
    [{ host: '10.0.0.7:3000', origin: `https://${HOST}` }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    [{ host: HOST, origin: `http://${HOST}` }, false],
    [{ host: 'other.example', origin: 'https://other.example' }, false],
    [{ host: HOST, origin: `https://${HOST}:8443` }, false],
  ])('%j: %s', (headers, own) => {
    expect(isOwn(headers)).toBe(own);
  });
});

it.each([
  [undefined, {}, false],
  [undefined, https, true],
  [undefined, { 'x-forwarded-proto': 'https, http' }, true],
  [undefined, { origin: `https://${HOST}` }, true],
  [undefined, { origin: `http://${HOST}` }, false],
  [`https://${HOST}`, {}, true],
  [`http://${HOST}`, https, false],
])('with the public address %s and %j, the browser uses HTTPS: %s', (publicUrl, headers, secure) => {
  expect(createOwnOrigin(publicUrl).isSecure(headers)).toBe(secure);
});
