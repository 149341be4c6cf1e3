import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What lies in a folder of the tree for the moment, and the rule that it breaks; null for none. */
interface Probe {
  folder: string;
  line: string;
  rule: string | null;
}

const probe = (folder: string, rule: string | null, line: string): Probe => ({ folder, rule, line });

/** A file that imports one name and uses it. */
const importing = (name: string, from: string) => `import { ${name} } from '${from}';\nexport const x = ${name};`;

const PROBES: readonly Probe[] = [
  probe('domain/src', 'noRestrictedImports', importing('readFileSync', 'node:fs')),
  probe('domain/src', 'noRestrictedImports', importing('migrate', '@story-tree/supabase')),
  probe('supabase/src', 'noRestrictedImports', importing('WORKFLOW_TASKS', '@story-tree/agent-backend')),
  probe('agent-backend/src/tasks', 'noRestrictedImports', importing('migrate', '@story-tree/supabase')),
  probe('agent-backend/src/workflow', 'noRestrictedImports', importing('GoogleGenAI', '@google/genai')),
  probe(
    'agent-backend/src/tasks',
    'noRestrictedImports',
    importing('createGeminiModels', '../../providers/gemini/index.ts'),
  ),
  probe(
    'agent-backend/src/providers/gemini',
    'noRestrictedImports',
    importing('WORKFLOW_TASKS', '../../../workflow/tasks.ts'),
  ),
  probe('agent-backend/src/workflow', 'noProcessEnv', 'export const x = process.env.HOME;'),
  probe('cli/src', null, importing('migrate', '@story-tree/supabase')),
];

const RULES = /noRestrictedImports|noProcessEnv/;

/** What of the linter's report is looked at. */
interface Report {
  diagnostics: { category: string; location: { path: string } }[];
}

/** Has the linter look at all of them in a tree of their own. @returns for each the rule that it breaks, or null */
async function lint(probes: readonly Probe[]): Promise<(string | null)[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'story-tree-rules-'));
  try {
    const files = probes.map(({ folder }, at) => `${folder}/probe${at}.ts`);
    for (const [at, file] of files.entries()) {
      await mkdir(path.join(root, path.dirname(file)), { recursive: true });
      await writeFile(path.join(root, file), `${probes[at]?.line}\n`);
    }
    for (const file of ['biome.json', '.gitignore']) await copyFile(path.join(ROOT, file), path.join(root, file));
    const arguments_ = [BIOME, 'lint', '--reporter=json', ...files];
    const { stdout } = await promisify(execFile)(process.execPath, arguments_, { cwd: root }).catch(
      (failed: { stdout: string }) => failed,
    );
    const { diagnostics }: Report = JSON.parse(stdout);
    return files.map((file) => {
      const ofFile = diagnostics.filter(({ location }) => location.path === file);
      return ofFile.flatMap(({ category }) => RULES.exec(category)?.[0] ?? [])[0] ?? null;
    });
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('imports go one way, the environment is read at the edge, and the linter says so', () => {
  let found: (string | null)[];
  beforeAll(async () => {
    found = await lint(PROBES);
  });

  it.each(PROBES.map((one, at) => ({ ...one, at })))('$folder, $rule: $line', ({ at, rule }) => {
    expect(found[at]).toBe(rule);
  });
});
