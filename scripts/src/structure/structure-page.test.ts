import { describe, expect, it } from 'vitest';
import { foldersOf, withoutShortcuts } from './folder-graph.js';
import { FOLDER_PURPOSES } from './folder-purposes.js';
import { structurePage } from './structure-page.js';

describe('structurePage', () => {
  it('has every folder that has a purpose, and no other', () => {
    const paths = ['spec', 'conformance', 'driver-turso', 'runtime', 'cli'].flatMap((name) =>
      foldersOf(name).map(({ path }) => path),
    );
    expect(Object.keys(FOLDER_PURPOSES).sort()).toEqual(paths.sort());
    const page = structurePage();
    expect(paths.filter((path) => !page.includes(`(../packages/${path})`))).toEqual([]);
  });
});

describe('foldersOf', () => {
  it('reads the imports of the files', () => {
    const seed = foldersOf('runtime').find(({ path }) => path === 'runtime/src/seed');
    expect(seed?.imports).toContain('runtime/src/bundle');
    expect(seed?.fileCount).toBeGreaterThan(5);
  });
});

describe('withoutShortcuts', () => {
  it('omits imports that are reached through another folder, also in a cycle', () => {
    const node = (path: string, ...imports: string[]) => ({ path, fileCount: 1, imports });
    const nodes = [node('a', 'b', 'c'), node('b', 'c'), node('c'), node('d', 'e'), node('e', 'd')];
    expect(withoutShortcuts(nodes).map(({ path, imports }) => `${path}: ${imports.join()}`)).toEqual([
      'a: b',
      'b: c',
      'c: ',
      'd: e',
      'e: d',
    ]);
  });
});
