import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleOf } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSubpath } from './import-subpath.js';
import { typeCheck } from './type-check.js';

let project = '';
const require = createRequire(new URL('../../../package.json', import.meta.url));
const manifest = {
  name: 'wrong',
  type: 'module',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
};

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'type check '));
  const root = join(project, 'node_modules/wrong');
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(root, 'dist/index.d.ts'),
    'declare const gone: 1;\ninterface Shape {}\nexport { gone, type Shape };\n',
  );
  await writeFile(join(root, 'dist/index.js'), 'export const there = 1;\n');
  await writeFile(join(root, 'dist/index.js.map'), '{ "sources": ["../src/index.ts", "../src/idle.ts"] }');
  await mkdir(join(project, 'node_modules/@types'));
  await symlink(
    dirname(require.resolve('@types/node/package.json')),
    join(project, 'node_modules/@types/node'),
  );
});

afterAll(() => rm(project, { recursive: true, force: true }));

describe('typeCheck', { timeout: 60_000 }, () => {
  it.each(sampleOf(['node16', 'bundler'] as const, 2))(
    'returns the declared values, and reports what does not compile, under %s',
    (mode) => {
      const { names, problems } = typeCheck(project, ['wrong', 'missing'], mode);
      expect(names.get('wrong')).toEqual(['gone']);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain("Cannot find module 'missing'");
    },
  );
});

describe('importSubpath', () => {
  it('returns the exports, and the sources of the loaded modules', async () => {
    expect(await importSubpath(project, 'wrong', 'wrong')).toEqual({
      names: ['there'],
      sources: ['src/idle.ts', 'src/index.ts'],
    });
  });
});
