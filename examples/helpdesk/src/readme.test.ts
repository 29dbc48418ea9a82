import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleScript } from '@objectstack/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runScript } from './testing/run.js';

const TIMEOUT_MS = 120_000;

/** The TypeScript blocks of the README. */
async function readExamples(): Promise<string[]> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  return [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

const EXAMPLES = await readExamples();
const fileOf = (index: number) => join(folder, `example-${index}.ts`);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objectstack-readme-'));
  await symlink(join(ROOT, 'examples/helpdesk/node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [index, code] of EXAMPLES.entries()) await writeFile(fileOf(index), code);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('README', () => {
  it('shows three examples of at most fifteen lines of code', () => {
    const lengths = EXAMPLES.map((code) => code.split('\n').filter((line) => line.trim() !== '').length);
    expect(lengths).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
  });

  it('shows an example of a tenant that runs repeatedly', { timeout: TIMEOUT_MS }, async () => {
    const example = await bundleScript(fileOf(0));
    for (const notes of [1, 2]) {
      const { code, output } = await runScript(example, [], folder);
      expect(output.match(/call the dentist/g)).toHaveLength(notes);
      expect(code).toBe(0);
    }
  });

  it('shows an example of a removal and its rollback that runs', { timeout: TIMEOUT_MS }, async () => {
    expect(await runScript(await bundleScript(fileOf(1)), [], folder)).toMatchObject({
      code: 0,
      output: "[ 'remove_field:note.stars' ]\n",
    });
  });

  it('shows an example of a driver that runs', { timeout: TIMEOUT_MS }, async () => {
    expect(await runScript(await bundleScript(fileOf(2)), [], folder)).toMatchObject({
      code: 0,
      output: 'call the dentist\n',
    });
  });
});
