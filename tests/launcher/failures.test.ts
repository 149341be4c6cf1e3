import { expect, test } from 'vitest';
import { asFailure } from '../../launcher/failure.mjs';
import { explainNpmFailure } from '../../launcher/npm.mjs';

test.each(['EACCES', 'EPERM', 'EROFS'])('%s names the folder and says what to do', (code) => {
  const thrown = Object.assign(new Error(code), { code, path: '/checkout/.runtime' });
  expect(asFailure(thrown).message).toMatch(/cannot write to \/checkout\/\.runtime: run the command as the owner/);
});

test('a full disk is reported as such', () => {
  expect(asFailure(Object.assign(new Error('write'), { code: 'ENOSPC' })).message).toContain('The disk is full');
  expect(explainNpmFailure(['ci'], 'npm error code ENOSPC').message).toContain('The disk is full');
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'E503'])(
  'npm with %s: blames the registry',
  (code) => {
    expect(explainNpmFailure(['ci'], `npm error code ${code}\nnpm error network`).message).toContain(
      `registry cannot be reached (${code})`,
    );
  },
);

test('npm without permission: names the path', () => {
  const output = 'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /checkout/node_modules';
  expect(explainNpmFailure(['ci'], output).message).toContain('cannot write to /checkout/node_modules');
});

test('any other failure of npm: quotes its first sentence', () => {
  const output = 'npm error code EUSAGE\nnpm error\nnpm error The lock file is out of sync.\nnpm error more';
  expect(explainNpmFailure(['ci'], output).message).toBe(
    '`npm ci` failed: The lock file is out of sync. Run `npm ci` yourself to see its full output.',
  );
});
