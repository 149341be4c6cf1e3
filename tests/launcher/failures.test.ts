import { expect, test } from 'vitest';
import { asFailure } from '../../launcher/failure.mjs';
import { explainNpmFailure } from '../../launcher/npm.mjs';

const PLACES = { root: '/checkout', log: '/checkout/npm.log' };
const FULL = /The disk of \S+ is full \(\d+ MB are free\): free about/;

test.each(['EACCES', 'EPERM', 'EROFS'])('%s names the folder and says what to do', (code) => {
  const thrown = Object.assign(new Error(code), { code, path: '/checkout/.runtime' });
  expect(asFailure(thrown).message).toMatch(/cannot write to \/checkout\/\.runtime: run the command as the owner/);
});

test('a full disk is reported as such', () => {
  expect(asFailure(Object.assign(new Error('write'), { code: 'ENOSPC' })).message).toMatch(FULL);
  expect(explainNpmFailure('npm error code ENOSPC', PLACES).message).toMatch(FULL);
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'E503'])(
  'npm with %s: blames the registry',
  (code) => {
    expect(explainNpmFailure(`npm error code ${code}\nnpm error network`, PLACES).message).toContain(
      `registry cannot be reached (${code})`,
    );
  },
);

test.each(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED'])(
  'npm with %s: names the setting for certificates',
  (code) => {
    expect(explainNpmFailure(`npm error code ${code}`, PLACES).message).toMatch(
      /not trusted .* `npm config set cafile/,
    );
  },
);

test('npm without permission: names the path', () => {
  const output = 'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /checkout/node_modules';
  expect(explainNpmFailure(output, PLACES).message).toContain('cannot write to /checkout/node_modules');
});

test('any other failure of npm: quotes its first sentence', () => {
  const output = 'npm error code EUSAGE\nnpm error\nnpm error The lock file is out of sync.\nnpm error more';
  expect(explainNpmFailure(output, PLACES).message).toBe(
    'The dependencies could not be installed: The lock file is out of sync. All that npm said is in /checkout/npm.log.',
  );
});
