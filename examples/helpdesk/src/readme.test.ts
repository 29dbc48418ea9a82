import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runTool, runTypeScript } from './testing/run.js';

const TIMEOUT_MS = 120_000;
const TSCONFIG = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: { typeRoots: [join(ROOT, 'node_modules/@types')] },
  include: ['*.ts'],
};

/** The only TypeScript block of the README. */
async function readExample(): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [block, ...others] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  if (block === undefined || others.length > 0)
    throw new Error('the README has not exactly one TypeScript block');
  return block;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objectstack-readme-'));
  await symlink(join(ROOT, 'examples/helpdesk/node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  await writeFile(join(folder, 'readme.ts'), await readExample());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('README', () => {
  it('shows an example of at most twenty lines of code', async () => {
    const lines = (await readExample()).split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(20);
  });

  it('shows an example that type-checks', { timeout: TIMEOUT_MS }, async () => {
    const { code, output } = await runTool('typescript/bin/tsc', ['-p', folder], folder);
    expect(output).toBe('');
    expect(code).toBe(0);
  });

  it('shows an example that runs, and runs again', { timeout: TIMEOUT_MS }, async () => {
    for (const notes of [1, 2]) {
      const { code, output } = await runTypeScript(join(folder, 'readme.ts'), [], folder);
      expect(output.match(/call the dentist/g)).toHaveLength(notes);
      expect(code).toBe(0);
    }
  });
});
