import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GENERATED_FOLDERS, generatedFiles } from './generated-files.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = await generatedFiles();

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'));
}

describe('generatedFiles', () => {
  // Written by another process, at another time: they also show that generating is deterministic.
  it('equal the committed files; npx pnpm generate writes them', async () => {
    const differing: string[] = [];
    for (const [path, text] of files)
      if ((await readFile(join(ROOT, path), 'utf8').catch(() => '')) !== text) differing.push(path);
    expect(differing).toEqual([]);
  });

  it.each(GENERATED_FOLDERS)('are the only files in %s', async (folder) => {
    const expected = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
    expect((await filesUnder(folder)).sort()).toEqual(expected.sort());
  });
});
