import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileAppRegistry } from '@objectstack/runtime';
import * as shared from '@objectstack/spec/shared';
import * as system from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { COMMAND_GROUPS } from '../src/commands/command-groups.js';
import { runCommand } from './run-command.js';

const SCHEMAS = { ...shared, ...system } as unknown as Record<string, z.ZodType>;
const DECLARATIONS = COMMAND_GROUPS.flatMap(({ commands }) => commands);

const note = (version: string, fields: string) => ({
  'manifest.yaml': `version: ${version}\n`,
  'objects/note.yaml': `name: note\nfields:\n  text: { type: text }\n${fields}`,
});
const crm = (version: string, fields: object) => ({
  name: 'crm',
  namespace: 'crm',
  version,
  objects: [{ name: 'crm__account', fields: { name: { type: 'text', unique: true }, ...fields } }],
  seedData: [{ object: 'crm__account', externalId: 'name', records: [{ name: 'Acme' }] }],
  settings: { currency: { type: 'text', default: 'EUR' }, size: { type: 'number' } },
});

let cwd: string;

async function write(files: Readonly<Record<string, string>>) {
  for (const [path, content] of Object.entries(files)) await writeFile(join(cwd, path), content);
}

/** Runs a command for programs: every document has the declared schema. */
async function json(...args: string[]) {
  const found = await runCommand(cwd, [...args, '--json']);
  const declaration = DECLARATIONS.find(({ name }) => args.join(' ').startsWith(name));
  const schema = SCHEMAS[`${declaration?.output.schema}Schema`];
  const documents = found.documents().map((document) => schema?.parse(document) ?? document);
  const problem = found.stderr === '' ? undefined : (JSON.parse(found.stderr) as system.CommandProblem);
  // biome-ignore lint/suspicious/noExplicitAny: documents of different commands
  return { code: found.code, documents, document: documents[0] as any, problem };
}
const text = async (...args: string[]) => (await runCommand(cwd, args)).stdout;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
  await mkdir(join(cwd, 'objects'));
  await write({ 'objectstack.config.json': '{ "appRegistry": "published" }' });
  await write(note('1.0.0', '  stars: { type: number }\n'));
  for (const slug of ['one', 'two']) {
    expect(await json('tenants', 'create', '--slug', slug)).toMatchObject({ code: 0 });
    expect(await json('deploy', '--tenant', slug)).toMatchObject({ code: 0 });
  }
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('fleet', () => {
  it('plans a rollout of a release, and changes nothing', async () => {
    await write(note('2.0.0', '  done: { type: boolean }\n'));
    expect((await json('fleet', 'status')).problem).toMatchObject({ code: 'rollout_not_found' });
    expect((await json('fleet', 'release', '2026-11')).document).toMatchObject({ bundleVersion: '2.0.0' });
    const shown = await text('fleet', 'preflight', '2026-11');
    expect(shown).toContain('--allow remove_field:note.stars');
    expect(shown).toContain('2 tenants: 0 refused, 0 up to date. Nothing was changed.');
    expect(await text('fleet', 'list')).toContain('planned');
    expect((await json('fleet', 'preflight', '2026-11', '--only', 'one')).document).toMatchObject({
      tenants: 1,
    });
    expect(await json('fleet', 'preflight', '2026-11', '--plan', 'gold')).toMatchObject({ code: 2 });
  });

  it('needs the approval of changes that remove data, deploys in waves, and rolls back', async () => {
    const { rolloutId } = (await json('fleet', 'preflight', '2026-11')).document;
    const refused = await json('fleet', 'rollout', rolloutId);
    expect([refused.code, refused.problem?.next.at(-1)]).toEqual([
      3,
      `objectstack fleet rollout ${rolloutId} --allow remove_field:note.stars`,
    ]);
    expect((await json('fleet', 'rollout', rolloutId, '--wave', 'half')).code).toBe(2);
    const args = [
      '--allow',
      'remove_field:note.stars',
      '--wave',
      '50%',
      '--canary',
      '0',
      '--max-errors',
      '0',
    ];
    const done = await json('fleet', 'rollout', rolloutId, ...args, '--bake', '0', '--concurrency', '1');
    expect([done.code, done.document.status, done.document.progress.states]).toEqual([
      0,
      'completed',
      { deployed: 2 },
    ]);
    expect((await json('fleet', 'tenants', rolloutId, '--state', 'deployed')).document.items).toHaveLength(2);
    expect(await text('fleet', 'tenants', rolloutId, '--limit', '1')).toContain(
      'More: objectstack fleet tenants',
    );
    expect(await text('fleet', 'status')).toContain(`# Rollout ${rolloutId}`);
    const back = await json('fleet', 'rollback', rolloutId);
    expect([back.code, back.document.status]).toEqual([0, 'rolled_back']);
  });

  it('steers a rollout only where its status permits it', async () => {
    const { rolloutId } = (await json('fleet', 'preflight', '2026-11')).document;
    expect((await json('fleet', 'resume', rolloutId)).problem).toMatchObject({ code: 'invalid_state' });
    expect(await json('fleet', 'abort', rolloutId)).toMatchObject({
      code: 0,
      document: { status: 'aborted' },
    });
    expect((await json('fleet', 'pause', rolloutId)).problem).toMatchObject({ code: 'invalid_state' });
    expect((await json('fleet', 'pause', 'none')).problem).toMatchObject({ code: 'rollout_not_found' });
  });
});

describe('fleet query and aggregate', () => {
  it('find the records of all tenants: a table for people, one record in each line for programs', async () => {
    await write({ 'notes.jsonl': '{"text":"a","stars":1}\n{"text":"b","stars":4}\n{"text":"c"}\n' });
    for (const slug of ['one', 'two'])
      expect(await json('data', 'import', 'note', 'notes.jsonl', '--tenant', slug)).toMatchObject({
        code: 0,
      });
    const args = ['fleet', 'query', 'note', '--order-by', 'text', '--limit', '2', '--fields', 'text'];
    const { code, documents } = await json(...args);
    const found = documents as system.FleetQueryLine[];
    expect([code, found.map(({ record }) => record?.text).sort()]).toEqual([0, ['a', 'a', 'b', 'b']]);
    expect(new Set(found.map(({ tenantId }) => tenantId)).size).toBe(2);
    const shown = await text(...args);
    expect(shown.split('\n')[0]).toMatch(/^TENANT +ID +TEXT$/);
    expect(shown).toContain('4 records of 2 tenants.');
    const none = await json('fleet', 'query', 'note', '--where', '{"text":"z"}', '--only', 'one');
    expect([none.code, none.documents]).toEqual([0, []]);
  });

  it('merge counts and sums', async () => {
    const args = ['--count', '--sum', 'stars', '--max', 'stars', '--group-by', 'text'];
    const { code, document } = await json('fleet', 'aggregate', 'note', ...args);
    expect([code, document.tenants, document.failures]).toEqual([0, 2, {}]);
    expect(document.rows).toEqual([
      { text: 'a', count: 2, sum_stars: 2, max_stars: 1 },
      { text: 'b', count: 2, sum_stars: 8, max_stars: 4 },
      { text: 'c', count: 2, sum_stars: null, max_stars: null },
    ]);
    expect(await text('fleet', 'aggregate', 'note', '--count')).toMatch(/COUNT\n6\n\nOf 2 tenants\./);
    expect((await json('fleet', 'aggregate', 'note')).code).toBe(2);
  });

  it('report tenants that cannot be read, and end with exit code 1', async () => {
    const { code, documents } = await json('fleet', 'query', 'none');
    const found = documents as system.FleetQueryLine[];
    expect([code, found.map(({ error }) => error?.code)]).toEqual([1, Array(2).fill('object_not_found')]);
    expect(await text('fleet', 'query', 'none')).toContain('2 tenants could not be read: object_not_found');
    const counted = await json('fleet', 'aggregate', 'none', '--count');
    expect([counted.code, counted.document.failures]).toEqual([1, { object_not_found: 2 }]);
    expect(await text('fleet', 'aggregate', 'none', '--count')).toContain('are not included');
  });
});

describe('apps', () => {
  it('are checked, installed, listed, upgraded and uninstalled', async () => {
    await write({
      'crm.json': JSON.stringify(crm('1.0.0', {})),
      'crm-2.json': JSON.stringify(crm('1.1.0', { city: { type: 'text' } })),
    });
    const at = ['--tenant', 'one'];
    expect(await text('apps', 'list', 'one')).toContain('No app is installed.');
    expect((await json('apps', 'check', 'crm.json', ...at)).document).toMatchObject({ compatible: true });
    expect((await json('apps', 'install', 'crm.json', '--set', 'size=many', ...at)).problem).toMatchObject({
      code: 'app_incompatible',
    });
    const installed = await json(
      'apps',
      'install',
      'crm.json',
      '--set',
      'currency="1"',
      '--set',
      'size=5',
      ...at,
    );
    expect([installed.code, installed.document.seededRecords]).toEqual([0, 1]);
    expect((await json('apps', 'list', ...at)).document.settings).toEqual({ currency: '1', size: 5 });
    expect(await text('apps', 'upgrade', 'crm-2.json', ...at)).toContain('Upgraded to crm 1.1.0');
    expect(await text('apps', 'check', 'crm.json', ...at)).toContain('The app cannot be installed.');
    expect(await text('apps', 'list', 'one')).toContain('1.1.0');
    const refused = await json('apps', 'uninstall', 'crm', '--purge', ...at);
    expect([refused.code, refused.problem?.next[0]]).toEqual([
      3,
      'objectstack apps uninstall crm --purge --confirm crm',
    ]);
    expect((await json('apps', 'uninstall', 'crm', ...at)).document.records).toEqual({ crm__account: 1 });
  });

  it('are upgraded in every tenant that has them by a rollout', async () => {
    await write({
      'crm.json': JSON.stringify(crm('1.0.0', {})),
      'crm-2.json': JSON.stringify(crm('1.1.0', { city: { type: 'text' } })),
    });
    expect(await json('apps', 'install', 'crm.json', '--tenant', 'two')).toMatchObject({ code: 0 });
    for (const [name, file] of [
      ['crm-1.0', 'crm.json'],
      ['crm-1.1', 'crm-2.json'],
    ] as const)
      expect((await json('fleet', 'release', name, '--app', file)).document).toMatchObject({ appId: 'crm' });
    const { rolloutId, tenants } = (await json('fleet', 'preflight', 'crm-1.1', '--take-app')).document;
    expect([tenants, (await json('fleet', 'rollout', rolloutId)).document.progress.states]).toEqual([
      1,
      { deployed: 1 },
    ]);
    expect(await text('fleet', 'status')).toContain('crm-1.1 (app crm 1.1.0)');
    expect(await text('fleet', 'preflight', 'crm-1.0')).toContain(
      'app_incompatible  1 tenant, downgrade, crm',
    );
    expect((await json('fleet', 'preflight', 'crm-1.0', '--allow-downgrade')).document.refusedTenants).toBe(
      0,
    );
    expect((await json('fleet', 'release', 'x', '--app', 'absent.json')).code).toBe(6);
    const purge = ['--purge', '--confirm', 'crm', '--tenant', 'two'];
    expect(await json('apps', 'uninstall', 'crm', ...purge)).toMatchObject({ code: 0 });
  });

  it('are found in the app registry, and installed from it', async () => {
    const registry = createFileAppRegistry(join(cwd, 'published'));
    await registry.publish({ bytes: new TextEncoder().encode(JSON.stringify(crm('1.0.0', {}))) });
    expect((await json('apps', 'search', 'crm')).document.items).toMatchObject([{ version: '1.0.0' }]);
    expect(await text('apps', 'search', 'crm')).toContain('available');
    expect(await text('apps', 'search', 'other')).toContain('no app other');
    const desk = { ...crm('1.0.0', {}), name: 'desk', namespace: 'desk', objects: [], seedData: [] };
    for (const version of ['1.9.0', '1.10.0'])
      await registry.publish({ bytes: new TextEncoder().encode(JSON.stringify({ ...desk, version })) });
    await registry.yank('desk', '1.9.0');
    expect((await json('apps', 'search')).document.items).toMatchObject([
      { appId: 'crm', version: '1.0.0', isYanked: false },
      { appId: 'desk', version: '1.10.0', isYanked: false },
      { appId: 'desk', version: '1.9.0', isYanked: true },
    ]);
    const args = ['--range', '^1.0.0', '--skip-seed-data', '--with-dependencies', '--tenant', 'two'];
    expect((await json('apps', 'install', 'crm', ...args)).document).toMatchObject({ seededRecords: 0 });
    expect(
      (await json('apps', 'uninstall', 'crm', '--purge', '--confirm', 'crm', '--tenant', 'two')).code,
    ).toBe(0);
    expect((await json('apps', 'upgrade', 'crm', '--tenant', 'two')).code).toBe(6);
    expect((await json('apps', 'install', 'x.json', '--set', 'one')).code).toBe(2);
  });
});

describe('quotas', () => {
  it('are shown, set and counted again', async () => {
    expect((await json('quotas', 'show', 'one')).document).toMatchObject({
      plan: 'free',
      usage: { objects: 1 },
    });
    const args = ['--quota', 'maxUsers=50', '--quota', 'maxObjects=unlimited'];
    const { quotas } = (await json('quotas', 'set', 'one', ...args)).document;
    expect([quotas.maxUsers, quotas.maxObjects]).toEqual([50, undefined]);
    expect(await text('quotas', 'recount', 'one')).toMatch(/maxObjects +1 +unlimited/);
    for (const wrong of ['users=5', 'maxUsers', 'maxUsers=-1', 'maxUsers=1=2'])
      expect(await json('quotas', 'set', 'one', '--quota', wrong)).toMatchObject({ code: 2 });
  });

  it('are named by an import that exceeds one, and by the command that continues it', async () => {
    expect(await json('quotas', 'set', 'one', '--quota', 'maxRecordsPerObject=50')).toMatchObject({
      code: 0,
    });
    await writeFile(join(cwd, 'full.jsonl'), '{"text":"one"}\n'.repeat(51));
    const { code, stderr } = await runCommand(cwd, [
      'data',
      'import',
      'note',
      'full.jsonl',
      '--tenant',
      'one',
      '--json',
    ]);
    expect([code, JSON.parse(stderr).next]).toEqual([
      3,
      ['objectstack quotas show', 'objectstack data import note full.jsonl --skip 0'],
    ]);
    await json('quotas', 'set', 'one', '--quota', 'maxRecordsPerObject=unlimited');
  });
});

describe('keys rotate', () => {
  it('reports that a plane without secrets has nothing to encrypt', async () => {
    expect((await json('keys', 'rotate')).document).toEqual({ resealed: 0, remaining: 0 });
    expect(await text('keys', 'rotate')).toContain('Nothing is encrypted');
  });
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['tenants', '--help'], ['fleet', 'rollout', '--help']])(
    'answers %s %s %s like the parser of the command line',
    async (...args) => {
      const words = args.slice(0, -1);
      const plain = await text(...args);
      expect(plain).toContain('Usage: objectstack');
      expect(await text('--dir', '.', ...words, '--help')).toBe(plain);
    },
  );

  it('lists every command and every option', async () => {
    const names = DECLARATIONS.map(({ name }) => name.split(' '));
    const help = await text('--help');
    for (const [first = ''] of names) expect(help).toContain(`  ${first}`);
    for (const { name, options = [] } of DECLARATIONS) {
      const shown = await text(...name.split(' '), '--help');
      for (const { flags } of options) expect(shown).toContain(flags);
    }
  });

  it('fits into a narrow terminal, except for examples', async () => {
    const { stdout } = await runCommand(cwd, ['sweep', '--help'], { isTerminal: true, columns: 60 });
    const [head = ''] = stdout.split('\n\nExamples:');
    expect(Math.max(...head.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('wraps a long summary into one paragraph', async () => {
    const { stdout } = await runCommand(cwd, ['sweep', '--help'], { isTerminal: true, columns: 60 });
    const [, summary = ''] = stdout.split('\n\n');
    expect(summary.split('\n').length).toBeGreaterThan(1);
    expect(summary.split('\n').join(' ')).toMatch(/^delete expired data .* interrupted deployments$/);
  });

  it('is answered with the version of the package', async () => {
    const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    for (const flag of ['-V', '--version']) expect(await text(flag)).toBe(`${manifest.version}\n`);
  });
});
