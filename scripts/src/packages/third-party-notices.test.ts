import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { thirdPartyNotices } from './third-party-notices.js';

async function installed(packages: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const root = await temporaryFolder();
  for (const [name, files] of Object.entries(packages))
    for (const [file, content] of Object.entries(files)) {
      const path = join(root, 'node_modules', name, file);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, content);
    }
  return (path: string) => join(root, 'node_modules', path);
}

const manifest = (name: string, license?: string) => JSON.stringify({ name, version: '1.2.3', license });

describe('thirdPartyNotices', () => {
  it('lists each package once with its license, and nothing of this repository', async () => {
    const at = await installed({
      '@scope/b': { 'package.json': manifest('@scope/b', 'MIT'), LICENSE: 'MIT of b\n' },
      a: {
        'package.json': manifest('a', 'ISC'),
        'license.md': 'ISC of a',
        'esm/package.json': '{"type":"module"}',
      },
    });
    const text = thirdPartyNotices([
      at('a/esm/x.js'),
      at('@scope/b/y.js'),
      at('a/z.js'),
      'packages/cli/src/bin.ts',
    ]);
    expect(text.split('\n').filter((line) => /1\.2\.3| of /.test(line))).toEqual([
      '@scope/b 1.2.3',
      'MIT of b',
      'a 1.2.3',
      'ISC of a',
    ]);
  });

  it('rejects a package without a license', async () => {
    const at = await installed({ c: { 'package.json': manifest('c') } });
    expect(() => thirdPartyNotices([at('c/x.js')])).toThrow('c has no license');
  });
});
