import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  entriesFor,
  FLOORS,
  FOLDERS,
  forbiddenFolders,
  forbiddenParts,
  hasPackage,
  INNER_FLOORS,
  packageOf,
  restrictionsOf,
} from './layers.ts';
import { lintConfiguration } from './lintRules.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What a file of a folder imports, and whether the linter has to refuse it. */
interface Probe {
  folder: string;
  from: string;
  isRefused: boolean;
}

/** A path from one folder to a file of another. */
function pathTo(other: string, folder: string): string {
  return `${path.posix.relative(folder, other)}/index.ts`;
}

/** Every way to import a part: by the name of its package, and by path. */
function waysInto(part: string, folder: string): string[] {
  return hasPackage(part) ? [packageOf(part), pathTo(`${part}/src`, folder)] : [pathTo(part, folder)];
}

function probesOf(folder: string): Probe[] {
  const parts = forbiddenParts(folder);
  const folders = forbiddenFolders(folder);
  const within = Object.entries(INNER_FLOORS).filter(([part]) => folder.startsWith(`${part}/`));
  const siblings = within.flatMap(([part, floors]) => floors.flat().map((name) => `${part}/${name}`));
  const below = FLOORS.flat().filter((part) => !parts.includes(part) && hasPackage(part));
  return [
    ...parts.flatMap((part) => waysInto(part, folder)).map((from) => ({ folder, from, isRefused: true })),
    ...below.map((part) => ({ folder, from: packageOf(part), isRefused: false })),
    ...siblings
      .filter((other) => other !== folder && !folder.startsWith(`${other}/`))
      .map((other) => ({ folder, from: pathTo(other, folder), isRefused: folders.includes(other) })),
    ...entriesFor(folder).map((entry) => ({
      folder,
      from: `${path.posix.relative(folder, entry)}/inside.ts`,
      isRefused: true,
    })),
    ...restrictionsOf(folder)
      .flatMap(({ packages }) => packages)
      .map((name) => ({ folder, from: name.replace('*', 'fs'), isRefused: true })),
  ];
}

const PROBES: readonly Probe[] = FOLDERS.flatMap(probesOf);

/** Has the linter look at all of them in a tree of their own. @returns for each the rules that it breaks */
async function lint(files: readonly { path: string; text: string }[]): Promise<string[][]> {
  const root = await mkdtemp(path.join(tmpdir(), 'story-tree-rules-'));
  try {
    for (const file of files) {
      await mkdir(path.join(root, path.dirname(file.path)), { recursive: true });
      await writeFile(path.join(root, file.path), file.text);
    }
    for (const file of ['biome.json', 'biome.layers.json', '.gitignore'])
      await copyFile(path.join(ROOT, file), path.join(root, file));
    const arguments_ = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
    const { stdout } = await promisify(execFile)(process.execPath, arguments_, {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((failed: { stdout: string }) => failed);
    const { diagnostics }: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(stdout);
    const found = Map.groupBy(diagnostics, ({ location }) => location.path);
    return files.map((file) => (found.get(file.path) ?? []).map(({ category }) => category));
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('imports go down, and the linter says so', () => {
  let found: string[][];
  beforeAll(async () => {
    const text = ({ from }: Probe) => `import { one } from '${from}';\nexport const two = one;\n`;
    found = await lint(PROBES.map((probe, at) => ({ path: `${probe.folder}/probe${at}.ts`, text: text(probe) })));
  });

  it.each(FOLDERS)('in %s', (folder) => {
    const judged = PROBES.flatMap((probe, at) => (probe.folder === folder ? [[probe.from, refuses(found[at])]] : []));
    const wanted = PROBES.flatMap(({ from, isRefused, folder: of }) => (of === folder ? [[from, isRefused]] : []));
    expect(judged).toEqual(wanted);
    expect(wanted.some(([, isRefused]) => isRefused)).toBe(true);
  });
});

function refuses(rules: readonly string[] | undefined): boolean {
  return rules?.includes('lint/style/noRestrictedImports') ?? false;
}

it('the environment is read at the edge, and the linter says so', async () => {
  const text = 'export const x = process.env.HOME;\n';
  const [found] = await lint([{ path: 'agent-backend/src/workflow/probe.ts', text }]);
  expect(found).toContain('lint/style/noProcessEnv');
});

it("the linter's rules are those of the table; `node tests/architecture/lintRules.ts` writes them", async () => {
  const committed: unknown = JSON.parse(await readFile(path.join(ROOT, 'biome.layers.json'), 'utf8'));
  expect(committed).toEqual(lintConfiguration());
});
