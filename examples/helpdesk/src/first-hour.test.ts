import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleScript } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runScript } from './testing/run.js';

const GUIDE = await readFile(join(ROOT, 'docs/guides/your-first-hour.md'), 'utf8');
const FILES = [...GUIDE.matchAll(/^```ts\n\/\/ ([\w-]+\.ts)\n([\s\S]*?)^```$/gm)];
const RUNS = [...GUIDE.matchAll(/^```sh\nnpx tsx ([\w-]+\.ts)\n```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', output = '']) => ({ file, output }),
);

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const withoutIds = (text: string) => text.replace(UUID, '<id>');

const MARK = '-- end of a program --';
const IMPORTS = RUNS.map(
  ({ file }) => `await import('./${file.replace(/\.ts$/, '.js')}');\nconsole.log('${MARK}');\n`,
);

/** What each program has printed. All of them run in one process, because starting a process takes longest. */
let printed: string[];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objectstack-first-hour-'));
  await symlink(join(ROOT, 'examples/helpdesk/node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [, file = '', code = ''] of FILES) await writeFile(join(folder, file), code);
  await writeFile(join(folder, 'all.ts'), IMPORTS.join(''));
  const { output } = await runScript(await bundleScript(join(folder, 'all.ts')), [], folder);
  printed = withoutIds(output).split(`${MARK}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the first hour', () => {
  it('has a file for every block of code, and runs every program in order', () => {
    expect(FILES).toHaveLength(GUIDE.match(/^```ts$/gm)?.length ?? 0);
    expect(RUNS.map(({ file }) => file)).toEqual([
      'sign-up.ts',
      'query.ts',
      'upgrade.ts',
      'remove-shelf.ts',
      'roll-back.ts',
    ]);
  });

  it.each(RUNS.map((run, index) => ({ ...run, index })))(
    'prints what it shows for $file',
    ({ output, index }) => {
      expect(printed[index]).toBe(withoutIds(output));
    },
  );

  it('ends without an error', () => {
    expect(printed.slice(RUNS.length)).toEqual(['']);
  });
});
