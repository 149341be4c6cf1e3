import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {
  entriesFor,
  FOLDERS,
  forbiddenFolders,
  forbiddenParts,
  hasPackage,
  packageOf,
  restrictionsOf,
} from './layers.ts';

interface Pattern {
  group: string[];
  message: string;
}

/** An override as Biome's configuration has it. */
export interface LintOverride {
  includes: string[];
  linter: { rules: { style: { noRestrictedImports: { level: 'error'; options: { patterns: Pattern[] } } } } };
}

/** Tests beside the code are exempt, and so are their helpers, which are called `test…`. */
const TESTS = ['!**/*.test.ts', '!**/*.test.tsx', '!**/test*.ts'];

const ROOT = path.resolve(import.meta.dirname, '../..');
const CONFIGURATION = path.join(ROOT, 'biome.json');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** The overrides of `biome.json` that guard the direction of imports. Of two that fit a file, Biome takes the last. */
export function lintOverrides(): LintOverride[] {
  return FOLDERS.map((folder) => ({
    includes: [`${folder}/**`, ...TESTS],
    linter: {
      rules: { style: { noRestrictedImports: { level: 'error', options: { patterns: patternsOf(folder) } } } },
    },
  }));
}

function patternsOf(folder: string): Pattern[] {
  const parts = forbiddenParts(folder);
  const folders = forbiddenFolders(folder);
  const patterns = [
    { group: parts.flatMap(waysInto), message: 'Imports go down: this part stands beside or above.' },
    {
      group: folders.map((other) => `**/${path.posix.basename(other)}/**`),
      message: 'Imports go down: this folder stands beside or above.',
    },
    ...entriesFor(folder).map((entry) => ({
      group: [`**/${path.posix.basename(entry)}/**`, `!**/${path.posix.basename(entry)}/index.ts`],
      message: 'This folder is imported through its index.ts.',
    })),
    ...restrictionsOf(folder).map(({ packages, why }) => ({ group: [...packages], message: why })),
  ];
  return patterns.filter(({ group }) => group.length > 0);
}

/** A part is imported by the name of its package, and never by a path that leaves one's own. */
function waysInto(part: string): string[] {
  const byPath = `../**/${hasPackage(part) ? `${part}/src` : part}/**`;
  return hasPackage(part) ? [packageOf(part), `${packageOf(part)}/**`, byPath] : [byPath];
}

/** What `biome.json` should be. */
export async function withLintRules(configuration: string): Promise<string> {
  const { overrides, ...rest }: { overrides: object[] } & Record<string, unknown> = JSON.parse(configuration);
  const others = overrides.filter((override) => !JSON.stringify(override).includes('noRestrictedImports'));
  return `${JSON.stringify({ ...rest, overrides: [...others, ...lintOverrides()] }, null, 2)}\n`;
}

if (import.meta.main) {
  await writeFile(CONFIGURATION, await withLintRules(await readFile(CONFIGURATION, 'utf8')));
  execFileSync(process.execPath, [BIOME, 'format', '--write', CONFIGURATION], { cwd: ROOT });
}
