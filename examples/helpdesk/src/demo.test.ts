import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleScript, IS_EXHAUSTIVE } from '@objectstack/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runScript, runTypeScript } from './testing/run.js';

const SOURCES = join(ROOT, 'examples/helpdesk/src');
const DEMO = join(SOURCES, 'demo.ts');
const READ_BACK = join(SOURCES, 'demo/read-back.ts');
const TIMEOUT_MS = 120_000;
/** The runtime on these data planes has tests of its own. */
const WHY_SKIPPED = IS_EXHAUSTIVE ? '' : ' (skipped: not in the sample)';

/** The demo and what reads it back, each in one file: they start much faster. */
let bundled: { demo: string; readBack: string };
beforeAll(async () => {
  const [demo, readBack] = await Promise.all([bundleScript(DEMO), bundleScript(READ_BACK)]);
  await copyFile(readBack, join(dirname(demo), 'read-back.mjs'));
  bundled = { demo, readBack };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objectstack demo '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tenantOf = (output: string) => /tenant (\w+) is active/.exec(output)?.[1] ?? '';

describe('demo', () => {
  it('runs from sign-up to version 3 and its rollback, and a second run preserves the first tenant', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const data = join(folder, '.objectstack/demo');
    const first = await (IS_EXHAUSTIVE
      ? runTypeScript(DEMO, [], folder)
      : runScript(bundled.demo, [], folder));
    expect(first.output).toContain(`To clean up: rm -rf '${data}'`);
    expect(first.code).toBe(0);
    expect(first.output).toContain(
      'destructive_not_allowed: remove_object:part_usage, remove_field:part.supplier',
    );
    expect(first.output).toContain('3 parts used after the rollback');
    const readFirst = () =>
      runScript(
        bundled.readBack,
        [JSON.stringify({ plane: 'local', dir: data }), tenantOf(first.output)],
        folder,
      );
    const before = await readFirst();
    expect(JSON.parse(before.output)).toMatchObject({
      counts: { ticket: 7, visit: 4, inspection: 3 },
      newestTicket: { number: 'T-00007', status: 'assigned' },
    });

    const second = await runScript(bundled.demo, [data], ROOT);
    expect(second.code).toBe(0);
    expect(tenantOf(second.output)).not.toBe(tenantOf(first.output));
    expect(await readFirst()).toEqual(before);
  });

  it.skipIf(!IS_EXHAUSTIVE).each(['server', 'cloud'])(
    `runs unchanged on the data plane %s${WHY_SKIPPED}`,
    {
      timeout: TIMEOUT_MS,
    },
    async (plane) => {
      const { code, output } = await runScript(bundled.demo, ['--plane', plane], folder);
      expect(output).toContain(`To clean up: rm -rf '${join(folder, `.objectstack/demo-${plane}`)}'`);
      expect(code).toBe(0);
      expect(output).toContain('3 parts used after the rollback');
      expect(output).toContain('the same in both processes');
      expect(output).toContain('tenant_suspended: for a new request and for an existing driver');
    },
  );

  it.each([['--help'], ['--plane', 'other'], ['--plane'], ['one', 'two']])(
    'prints its usage for %j, and creates nothing',
    async (...args) => {
      const { code, output } = await runScript(bundled.demo, args, folder);
      expect(output).toContain('Usage: npx pnpm demo [--plane local|server|cloud] [directory]');
      expect(code).toBe(2);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('exits with a non-zero code if it fails', { timeout: TIMEOUT_MS }, async () => {
    const file = join(folder, 'a file');
    await writeFile(file, '');
    const { code, output } = await runScript(bundled.demo, [file], ROOT);
    expect(code).toBe(1);
    expect(output).toContain('The demo failed.');
  });
});
