import { describe, expect, it } from 'vitest';
import { findCycles, readImports } from './importGraph.ts';
import { forbiddenFolders, forbiddenParts, partOf } from './layers.ts';

const imports = readImports();

/** The folder that a file lies in. */
const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

describe('imports between files of ours', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(2_000);
    expect(imports).toContainEqual({ from: 'runtime/src/models.ts', to: 'stub-models/src/index.ts' });
    expect(imports).toContainEqual({ from: 'launcher/app.mjs', to: 'launcher/context.mjs' });
  });

  it('never go round in a circle, between files or folders, type-only ones included', () => {
    expect(findCycles(imports)).toEqual([]);
  });

  it('go down the floors of the table, however they are written', () => {
    const wrong = imports.filter(({ from, to }) => {
      const part = partOf(to);
      const isAbove = part !== null && forbiddenParts(folderOf(from)).includes(part);
      return isAbove || forbiddenFolders(folderOf(from)).some((folder) => to.startsWith(`${folder}/`));
    });
    expect(wrong).toEqual([]);
  });
});

describe('a circle is found', () => {
  const edge = (from: string, to: string) => ({ from, to });

  it('between two files', () => {
    const found = findCycles([edge('a/x.ts', 'a/y.ts'), edge('a/y.ts', 'a/x.ts'), edge('a/y.ts', 'a/z.ts')]);
    expect(found.map(({ folder, children }) => [folder, children])).toEqual([['a', ['x.ts', 'y.ts']]]);
  });

  it('between two folders whose files have none', () => {
    const found = findCycles([edge('a/b/x.ts', 'a/c/y.ts'), edge('a/c/z.ts', 'a/b/w.ts')]);
    expect(found.map(({ folder, children }) => [folder, children])).toEqual([['a', ['b', 'c']]]);
  });

  it('between a folder and a file beside it', () => {
    const found = findCycles([edge('a/b/x.ts', 'a/y.ts'), edge('a/y.ts', 'a/b/w.ts')]);
    expect(found.map(({ children }) => children)).toEqual([['b', 'y.ts']]);
  });

  it('of three, and none where imports only go down', () => {
    const down = [edge('a/x.ts', 'b/x.ts'), edge('b/x.ts', 'c/x.ts')];
    expect(findCycles(down)).toEqual([]);
    expect(findCycles([...down, edge('c/y.ts', 'a/y.ts')]).map(({ children }) => children)).toEqual([['a', 'b', 'c']]);
  });
});
