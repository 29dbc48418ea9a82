import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { neededSources } from './needed-sources.js';
import { publishedPackages } from './published-packages.js';

const folder = await mkdtemp(join(tmpdir(), 'needed sources '));
afterAll(() => rm(folder, { recursive: true, force: true }));

const FILES = {
  'src/index.ts': "export * from './a.js';\nexport type * from './types.js';\n",
  'src/a.ts':
    "import * as z from 'zod';\nimport type { T } from './types.js';\nimport { b } from './deep/b.js';\n",
  'src/deep/b.ts': "export { c } from '../c.js';\n",
  'src/c.ts': "import { a } from './a.js';\n",
  'src/types.ts': "import { idle } from './idle.js';\n",
};

describe('neededSources', () => {
  it('follows value imports, also in cycles, but neither types nor other packages', async () => {
    await mkdir(join(folder, 'src/deep'), { recursive: true });
    for (const [path, text] of Object.entries(FILES)) await writeFile(join(folder, path), text);
    expect([...neededSources(folder, './src/index.ts')].sort()).toEqual([
      'src/a.ts',
      'src/c.ts',
      'src/deep/b.ts',
      'src/index.ts',
    ]);
  });
});

describe('publishedPackages', () => {
  it('are those of the workspace that are not private, with their subpaths', async () => {
    const packages = await publishedPackages();
    expect(packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['@objectstack/runtime', '@objectstack/spec']),
    );
    const spec = packages.find(({ name }) => name === '@objectstack/spec');
    expect(spec?.subpaths).toContainEqual({ specifier: '@objectstack/spec/ui', source: './src/ui/index.ts' });
    expect(spec?.subpaths.map(({ specifier }) => specifier)).not.toContain('@objectstack/spec/package.json');
  });
});
