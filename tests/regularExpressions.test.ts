import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { FLOORS } from './architecture/layers.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** What people run, and nothing that only tests it. */
const PARTS = FLOORS.slice(
  0,
  FLOORS.findIndex((floor) => floor.includes('testkit')),
).flat();
const SOURCES = `{${PARTS.join(',')}}/**/*.{ts,tsx,mjs,html}`;

/** Not sources, or not ours. */
const EXCLUDED = ['**/node_modules', '**/.next*', '**/public', '**/*.test.{ts,tsx}'];

/** Not used on the texts of others: they read files of ours, whole. */
const OF_OUR_OWN_TEXT = [
  'agent-backend/src/bundle/player/assemble.ts',
  'apps/story-tree-ui/src/server/bundles/playerPage.ts',
];

interface Expression {
  file: string;
  pattern: string;
  flags: string;
}

function sourceFiles(): string[] {
  const found = globSync(SOURCES, { cwd: ROOT, exclude: EXCLUDED });
  // A route can be a folder that is called like the file that it serves.
  return found.filter((file) => statSync(path.join(ROOT, file)).isFile());
}

/** Pages hold their program in a script. */
function programsIn(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return file.endsWith('.html')
    ? text
        .split('<script>')
        .slice(1)
        .map((rest) => rest.split('</script>')[0] ?? '')
    : [text];
}

function expressionsIn(file: string): Expression[] {
  const found: Expression[] = [];
  for (const text of programsIn(file)) {
    const { program } = parseSync(file.replace(/\.html$/, '.mjs'), text);
    new Visitor({
      Literal: (node) => {
        if ('regex' in node && node.regex) found.push({ file, pattern: node.regex.pattern, flags: node.regex.flags });
      },
    }).visit(program);
  }
  return found;
}

/** What is wrong with it, with a text that shows it; nothing for one that takes time in proportion to its text. */
async function faultOf({ file, pattern, flags }: Expression): Promise<string[]> {
  const verdict = await check(pattern, flags, { timeout: 60_000 });
  if (verdict.status === 'safe') return [];
  const why = verdict.status === 'vulnerable' ? `slow on ${verdict.attack.pattern}` : verdict.error.kind;
  return [`${file}: /${pattern}/${flags} is ${why}`];
}

describe('no regular expression of ours', () => {
  const expressions = sourceFiles().flatMap(expressionsIn);

  it('is overlooked', () => {
    expect(expressions.length).toBeGreaterThan(200);
    expect(expressions.map(({ file }) => file)).toContain('agent-backend/src/bundle/templates/player.html');
  });

  const byFile = Object.entries(Object.groupBy(expressions, ({ file }) => file));

  it.each(byFile.filter(([file]) => !OF_OUR_OWN_TEXT.includes(file)))(
    'of %s takes more than time in proportion to a text that is made for it',
    async (_file, found = []) => {
      const faults: string[] = [];
      for (const expression of found) faults.push(...(await faultOf(expression)));
      expect(faults).toEqual([]);
    },
  );

  it('would pass if it did', async () => {
    expect(await faultOf({ file: 'x', pattern: '^(a+)+$', flags: '' })).toEqual([expect.stringMatching(/slow on/)]);
    expect(await faultOf({ file: 'x', pattern: '-+$', flags: '' })).toEqual([expect.stringMatching(/slow on/)]);
  });
});
