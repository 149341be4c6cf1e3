import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What the linter says of one file with this line, lying in a folder of the tree for the moment. */
async function lint(folder: string, line: string): Promise<string> {
  const place = await mkdtemp(path.join(ROOT, folder, 'rule-'));
  try {
    const file = path.join(place, 'probe.ts');
    await writeFile(file, `${line}\n`);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [BIOME, 'lint', file], { cwd: ROOT }).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    );
    return stdout + stderr;
  } finally {
    await rm(place, { recursive: true });
  }
}

describe('imports go one way, and the linter says so', () => {
  it.each([
    ['domain/src', `import { readFileSync } from 'node:fs';\nexport const x = readFileSync;`],
    ['domain/src', `import { migrate } from '@story-tree/supabase';\nexport const x = migrate;`],
    ['supabase/src', `import { WORKFLOW_TASKS } from '@story-tree/agent-backend';\nexport const x = WORKFLOW_TASKS;`],
    ['agent-backend/src/tasks', `import { migrate } from '@story-tree/supabase';\nexport const x = migrate;`],
    ['agent-backend/src/workflow', `import { GoogleGenAI } from '@google/genai';\nexport const x = GoogleGenAI;`],
    [
      'agent-backend/src/tasks',
      `import { createGeminiModels } from '../../gemini/index.ts';\nexport const x = createGeminiModels;`,
    ],
    [
      'agent-backend/src/gemini',
      `import { WORKFLOW_TASKS } from '../../workflow/tasks.ts';\nexport const x = WORKFLOW_TASKS;`,
    ],
  ])('%s refuses: %s', async (folder, line) => {
    expect(await lint(folder, line)).toContain('noRestrictedImports');
  });

  it('keeps the environment at the edge', async () => {
    expect(await lint('agent-backend/src/workflow', 'export const x = process.env.HOME;')).toContain('noProcessEnv');
  });

  it('has nothing against what is allowed', async () => {
    const said = await lint(
      'agent-backend/src/cli',
      `import { migrate } from '@story-tree/supabase';\nexport const x = migrate;`,
    );
    expect(said).not.toContain('noRestrictedImports');
  });
});
