import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const SOURCES = import.meta.dirname;

/** The committed page: whole in itself, and copied as it stands into every bundle. */
export const TEMPLATE = path.resolve(SOURCES, '../templates/player.html');

const STYLE_LINK = /^<link rel="stylesheet" href="([^"]+)">\n/gm;
const SCRIPT_TAG = /^<script type="module" src="([^"]+)"><\/script>\n/m;
const NOTICE = '<!-- Assembled from bundle/player: change the sources there, then run assemble.ts. -->\n';

/**
 * The page with its styles and its program inside. Modules are put one after the other as they are written, so that
 * whoever opens the page can read it.
 * @throws Error when two modules declare the same name, since all of them share one scope then
 */
export async function assemblePlayer(): Promise<string> {
  const page = await readFile(path.join(SOURCES, 'page.html'), 'utf8');
  const links = [...page.matchAll(STYLE_LINK)];
  const script = SCRIPT_TAG.exec(page);
  if (links.length === 0 || script === null) throw new Error('page.html names no styles or no script.');
  const styles = await Promise.all(links.map(([, href = '']) => readFile(path.join(SOURCES, href), 'utf8')));
  const [firstLink] = links.map(([link]) => link);
  const program = await assembleProgram(path.join(SOURCES, script[1] ?? ''));
  return page
    .replace(firstLink ?? '', () => `<style>\n${styles.join('\n')}</style>\n`)
    .replace(STYLE_LINK, '')
    .replace(SCRIPT_TAG, () => `<script>\n${program}</script>\n`)
    .replace('<head>\n', () => `<head>\n${NOTICE}`);
}

async function assembleProgram(main: string): Promise<string> {
  const modules = await modulesOf(main);
  const parts = [...modules].map(
    ([file, code]) => `// ---- ${path.basename(file, '.ts')} ----\n\n${withoutModuleSyntax(code)}`,
  );
  const program = formatted(`'use strict';\n\n${parts.join('\n')}`);
  assertUniqueNames(program);
  if (/<\/?script/i.test(program)) throw new Error('A script within a page cannot name its own tag.');
  return program;
}

/** The code of a module and of all that it imports, each after what it needs itself. */
async function modulesOf(file: string, found = new Map<string, string>()): Promise<Map<string, string>> {
  const code = stripTypeScriptTypes(await readFile(file, 'utf8'));
  for (const [, imported = ''] of code.matchAll(IMPORT)) {
    const next = path.resolve(path.dirname(file), imported);
    if (!found.has(next)) await modulesOf(next, found);
  }
  return found.set(file, code);
}

const IMPORT = /^import [^;]* from '([^']+)';\n/gm;

function withoutModuleSyntax(code: string): string {
  return code.replace(IMPORT, '').replace(/^export /gm, '');
}

/** Types leave gaps where they were taken out. */
function formatted(code: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const root = path.resolve(SOURCES, '../../../..');
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'format', '--stdin-file-path=player.js'], {
    cwd: root,
    input: code,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The player's program could not be formatted: ${stderr}`);
  return stdout;
}

function assertUniqueNames(program: string): void {
  const names = [...program.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two modules of the player declare ${twice}.`);
}

if (import.meta.main) await writeFile(TEMPLATE, await assemblePlayer());
