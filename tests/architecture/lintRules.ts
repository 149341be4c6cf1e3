import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
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
interface LintOverride {
  includes: string[];
  linter: { rules: { style: { noRestrictedImports: { level: 'error'; options: { patterns: Pattern[] } } } } };
}

/** Tests beside the code are exempt, and so are their helpers, which are called `test…`. */
const TESTS = ['!**/*.test.ts', '!**/*.test.tsx', '!**/test*.ts'];

const ROOT = path.resolve(import.meta.dirname, '../..');
const CONFIGURATION = path.join(ROOT, 'biome.layers.json');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What guards the direction of imports. Of two overrides that fit a file, Biome takes the last. */
function lintOverrides(): LintOverride[] {
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

/** What `biome.layers.json` holds; `biome.json` extends it. */
export const lintConfiguration = () => ({ overrides: lintOverrides() });

if (import.meta.main) {
  await writeFile(CONFIGURATION, JSON.stringify(lintConfiguration()));
  execFileSync(process.execPath, [BIOME, 'format', '--write', CONFIGURATION], { cwd: ROOT });
}
