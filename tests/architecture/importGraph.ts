import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { FLOORS, hasPackage, packageOf } from './layers.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NOT_OURS = ['**/node_modules', '**/.next*', '**/public'];

/** That one file of ours imports another; both by their paths from the root. */
export interface Import {
  from: string;
  to: string;
}

/** Tests are exempt, and so are their helpers beside the code, which are called `test…`. */
const isTest = (file: string) => /\.test\.tsx?$|\/test[A-Z]\w*\.ts$/.test(file);

/** Every import between files that are no tests, type-only ones and those in comments with types included. */
export function readImports(): Import[] {
  const sources = readSources();
  return [...sources.files].flatMap((from) =>
    specifiersIn(from).flatMap((specifier) => {
      const to = resolve(from, specifier, sources);
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}

/** Our files that are no tests, by their paths from the root, and the names that packages of ours are imported by. */
export interface Sources {
  files: ReadonlySet<string>;
  entries: ReadonlyMap<string, string>;
}

export function readSources(): Sources {
  const found = globSync(`{${FLOORS.flat().join(',')}}/**/*.{ts,tsx,mjs}`, { cwd: ROOT, exclude: NOT_OURS });
  // A route can be a folder that is called like the file that it serves.
  const files = new Set(found.filter((file) => !isTest(file) && statSync(path.join(ROOT, file)).isFile()));
  return { files, entries: entryPoints() };
}

/** A file of ours as text, and what it imports and exports. */
export interface Parsed extends Pick<ReturnType<typeof parseSync>, 'module'> {
  text: string;
}

/** @param file its path from the root */
export function parse(file: string): Parsed {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { text, module: parseSync(file, text).module };
}

/**
 * What the statements `import … from` and `export … from` of a file name.
 * @param counts says by its text whether a statement does
 */
export function staticSpecifiers({ text, module }: Parsed, counts = (_statement: string) => true): string[] {
  const does = ({ start, end }: { start: number; end: number }) => counts(text.slice(start, end));
  return [
    ...module.staticImports.filter(does).map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports
      .filter(does)
      .flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
  ];
}

function specifiersIn(file: string): string[] {
  const parsed = parse(file);
  const { text, module } = parsed;
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
  );
  const inComments = [...text.matchAll(/\{[^}]*\bimport\('([^']+)'\)/g)].map(([, specifier]) => specifier ?? '');
  return [...staticSpecifiers(parsed), ...dynamic, ...inComments];
}

/** The file behind each name that packages of ours are imported by; those with a `*` are left to {@link resolve}. */
function entryPoints(): Map<string, string> {
  const entries = new Map<string, string>();
  for (const part of FLOORS.flat().filter(hasPackage)) {
    const { exports = {} }: { exports?: Record<string, string> } = JSON.parse(
      readFileSync(path.join(ROOT, part, 'package.json'), 'utf8'),
    );
    for (const [name, file] of Object.entries(exports)) {
      entries.set(`${packageOf(part)}${name.slice(1)}`, path.posix.join(part, file));
    }
  }
  return entries;
}

/** The file of ours that an import means; undefined when it is a package of others, or is not there. */
export function resolve(from: string, specifier: string, { files, entries }: Sources): string | undefined {
  if (!specifier.startsWith('.')) {
    const [, name, rest] = /^(@story-tree\/[^/]+)\/(.+)$/.exec(specifier) ?? [];
    return entries.get(specifier) ?? entries.get(`${name}/*`)?.replace('*', rest ?? '');
  }
  const place = path.posix.join(path.posix.dirname(from), specifier);
  return [place, `${place}.ts`, `${place}.tsx`, `${place}/index.ts`].find((file) => files.has(file));
}

/** A folder whose children, files and folders alike, import each other in a circle. */
export interface Cycle {
  folder: string;
  /** What is in the circle. */
  children: string[];
  /** Imports that make it up, one for each pair. */
  imports: string[];
}

/** The circles of every folder: between the files in it, between the folders in it, and between both. */
export function findCycles(imports: readonly Import[]): Cycle[] {
  const folders = new Map<string, Map<string, Map<string, string>>>();
  for (const { from, to } of imports) {
    const { folder, child, other } = whereTheyPart(from, to);
    if (child === other) continue;
    const edges = folders.get(folder) ?? new Map<string, Map<string, string>>();
    const targets = edges.get(child) ?? new Map<string, string>();
    folders.set(folder, edges.set(child, targets.set(other, `${from} imports ${to}`)));
  }
  return [...folders].flatMap(([folder, edges]) =>
    circlesOf(edges).map((children) => ({
      folder: folder || '.',
      children,
      imports: children.flatMap((child) =>
        [...(edges.get(child) ?? [])].flatMap(([other, text]) => (children.includes(other) ? [text] : [])),
      ),
    })),
  );
}

/** The last folder that both lie in, and what in it holds the one and the other. */
function whereTheyPart(from: string, to: string): { folder: string; child: string; other: string } {
  const [a, b] = [from.split('/'), to.split('/')];
  const depth = a.findIndex((name, at) => name !== b[at]);
  if (depth === -1) return { folder: from, child: '', other: '' };
  return { folder: a.slice(0, depth).join('/'), child: a[depth] ?? '', other: b[depth] ?? '' };
}

/** Strongly connected components of more than one node, by reachability: these graphs are small. */
function circlesOf(edges: ReadonlyMap<string, ReadonlyMap<string, string>>): string[][] {
  const reach = new Map([...edges.keys()].map((node) => [node, reachable(node, edges)]));
  const circles = new Map<string, string[]>();
  for (const [node, others] of reach) {
    const circle = [...others].filter((other) => reach.get(other)?.has(node)).sort();
    if (circle.length > 0 && circle.includes(node)) circles.set(circle.join(), circle);
  }
  return [...circles.values()];
}

function reachable(node: string, edges: ReadonlyMap<string, ReadonlyMap<string, string>>): Set<string> {
  const seen = new Set<string>();
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of edges.get(next)?.keys() ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}
