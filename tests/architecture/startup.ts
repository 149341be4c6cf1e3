import { parse, readSources, resolve, staticSpecifiers } from './importGraph.ts';

/**
 * The packages of others that files of ours import before the first line of a program runs: all imports are followed but
 * the dynamic ones and those of types alone.
 *
 * @param program its path from the root
 */
export function packagesAtStart(program: string): ReadonlySet<string> {
  const sources = readSources();
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [program];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const specifier of loadedBy(file)) {
      const own = resolve(file, specifier, sources);
      if (own === undefined) packages.add(packageIn(specifier));
      else open.push(own);
    }
  }
  return packages;
}

/** Node loads for `import { type A }` as well: only `import type` disappears as a whole. */
function loadedBy(file: string): string[] {
  return staticSpecifiers(parse(file), (statement) => !/^(im|ex)port\s+type\b/.test(statement));
}

/** The package that a specifier is of, without the path within it. */
function packageIn(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
