import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKOUT } from './support.ts';

interface LockEntry {
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

const manifest = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
const lock: { packages: Record<string, LockEntry> } = JSON.parse(
  readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8'),
);
const entries = Object.entries(lock.packages);

test('every install script is either approved or denied', () => {
  const decided: Record<string, boolean> = manifest.allowScripts;
  const scripted = entries.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect(scripted.filter((name) => decided[name] === undefined)).toEqual([]);
  expect(Object.keys(decided).filter((name) => !scripted.includes(name))).toEqual([]);
});

test('the packages of every platform are listed, or `npm ci` would refuse', () => {
  const known = new Set(entries.map(([path]) => nameOf(path)));
  const wanted = entries.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}));
  expect(wanted.filter((name) => !known.has(name))).toEqual([]);
});

test('nothing is installed without an integrity check on any platform', () => {
  const packages = entries.filter(([path, { link }]) => path.includes('node_modules/') && !link);
  expect(packages.length).toBeGreaterThan(0);
  expect(packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
});

test('no registry host is recorded', () => {
  expect(entries.filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual([]);
});

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
