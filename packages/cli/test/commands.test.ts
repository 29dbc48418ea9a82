import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as data from '@objectstack/spec/data';
import * as shared from '@objectstack/spec/shared';
import * as system from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import { COMMAND_GROUPS } from '../src/commands/command-groups.js';
import { ResumableFile } from '../src/data/resumable-file.js';
import { runCommand } from './run-command.js';

const SCHEMAS = { ...data, ...shared, ...system } as unknown as Record<string, z.ZodType>;
const DECLARATIONS = COMMAND_GROUPS.flatMap(({ commands }) => commands);

/** Documents without a schema of their own: records have that of their object, scripts are texts. */
const WITHOUT_SCHEMA = ['DataRecord', 'text'];

let cwd: string;
const text = async (args: string[], stdin?: string) =>
  runCommand(cwd, args, stdin === undefined ? {} : { stdin });

/** Runs a command for programs: its documents have the declared schema, and there is nothing else. */
async function json(args: string[], options: Parameters<typeof runCommand>[2] = {}) {
  const found = await runCommand(cwd, [...args, '--json'], options);
  const declaration = DECLARATIONS.find(({ name }) => args.join(' ').startsWith(name));
  const schema = declaration && SCHEMAS[`${declaration.output.schema}Schema`];
  if (found.code < 2) for (const document of found.documents()) schema?.parse(document);
  return { ...found, document: found.documents()[0] as Record<string, never> };
}

const setVersion = async (version: string, fields: string) => {
  await rm(join(cwd, 'seeds'), { recursive: true, force: true });
  await writeFile(join(cwd, 'manifest.yaml'), `version: ${version}\n`);
  await writeFile(join(cwd, 'objects/note.yaml'), `name: note\nfields:\n${fields}`);
};

const TEXT = '  text: { type: text, required: true, maxLength: 500 }\n';
const STARS = '  stars: { type: number }\n';

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('the declarations of commands', () => {
  it.each(DECLARATIONS)(
    '$name has examples that begin with its name, and a documented output',
    ({ name, examples, output }) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const { command } of examples)
        expect(command.split(' ').slice(0, name.split(' ').length).join(' ')).toBe(name);
      expect(WITHOUT_SCHEMA.includes(output.schema) || `${output.schema}Schema` in SCHEMAS).toBe(true);
    },
  );

  it('have different names', () => {
    const names = DECLARATIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a project from its creation to its rollback', () => {
  it('is created and valid, and never overwritten', async () => {
    const { code, document } = await json(['init', '.']);
    expect([code, system.WrittenFilesSchema.parse(document).files]).toEqual([
      0,
      expect.arrayContaining(['objects/note.yaml']),
    ]);
    expect(await json(['init', '.'])).toMatchObject({ code: 0 });
    const manifest = await readFile(join(cwd, 'manifest.yaml'), 'utf8');
    await writeFile(join(cwd, 'manifest.yaml'), `${manifest}# changed\n`);
    expect(await json(['init', '.'])).toMatchObject({ code: 4, stdout: '' });
    await writeFile(join(cwd, 'manifest.yaml'), manifest);
    expect(await json(['validate'])).toMatchObject({ code: 0, document: { valid: true, warningCount: 0 } });
  });

  it('needs a tenant to be planned, and names the command that creates it', async () => {
    const { code, stderr } = await json(['plan']);
    expect([code, JSON.parse(stderr)]).toEqual([
      6,
      expect.objectContaining({
        code: 'tenant_not_found',
        exitCode: 6,
        next: ['objectstack tenants create', 'objectstack dev'],
      }),
    ]);
  });

  it('gets a tenant by its slug once, however often it is requested', async () => {
    const first = await json(['tenants', 'create', '--slug', 'dev', '--plan', 'pro']);
    expect(first.document).toMatchObject({ status: 'active', plan: 'pro' });
    expect((await json(['tenants', 'create', '--slug', 'dev', '--plan', 'pro'])).document.tenantId).toBe(
      first.document.tenantId,
    );
    expect((await json(['tenants', 'list'])).document.items).toHaveLength(1);
  });

  it('is deployed, and again without an effect', async () => {
    const plan = await text(['plan', '--sql']);
    expect(plan.stdout).toContain('+ add_object:note');
    expect(plan.stdout).toContain('CREATE TABLE "note"');
    expect((await json(['deploy'])).document).toMatchObject({ status: 'ready', outcome: 'applied' });
    expect((await json(['deploy'])).document).toMatchObject({ status: 'ready', outcome: 'unchanged' });
  });

  it('has records that are inserted, imported, queried and exported', async () => {
    await setVersion('0.2.0', TEXT + STARS);
    expect(
      (await json(['deploy', '--allow', 'remove_field:note.status', '--allow', 'remove_field:note.due_date']))
        .code,
    ).toBe(0);
    expect((await json(['data', 'insert', 'note', '{"text":"one","stars":1}'])).document).toMatchObject({
      text: 'one',
    });
    await writeFile(join(cwd, 'notes.csv'), 'text,stars\ntwo,2\n"three, or 3",3\n');
    expect((await json(['data', 'import', 'note', 'notes.csv'])).document).toMatchObject({
      written: 2,
      skipped: 0,
    });
    const lines = '{"text":"two","stars":20}\n\n{"text":"four","stars":4}\n';
    const imported = await json(['data', 'import', 'note', '--upsert', 'text'], { stdin: lines });
    expect(imported.document).toMatchObject({ written: 2 });
    const query = [
      'data',
      'query',
      'note',
      '--order-by',
      'stars:desc',
      '--fields',
      'text,stars',
      '--limit',
      '0',
    ];
    const found = (await json(query)).documents().map((record) => (record as { text: string }).text);
    expect(found).toEqual(['two', 'four', 'three, or 3', 'one']);
    const exported = await json(['data', 'export', 'note', '--out', 'out.csv']);
    expect(exported.document).toMatchObject({ records: 4 });
    expect(await readFile(join(cwd, 'out.csv'), 'utf8')).toMatch(
      /^id,stars,text,created_at,updated_at\n.*,1,one,/,
    );
    expect((await text(['data', 'export', 'note', '--where', '{"stars":4}'])).stdout).toContain(
      '"text":"four"',
    );
    expect((await json(['data', 'objects'])).document).toMatchObject({ name: 'note' });
  });

  it.each(['csv', 'jsonl'] as const)('resumes an interrupted export as %s', async (format) => {
    const out = `resumed.${format}`;
    const exported = await json(['data', 'export', 'note', '--out', out, '--resume']);
    expect(exported.document).toMatchObject({ records: 4 });
    expect(exported.document).not.toHaveProperty('resumed');
    const { tenantId } = exported.document as unknown as { tenantId: string };
    const whole = await readFile(join(cwd, out), 'utf8');
    const half = whole.length / 2;
    const file = new ResumableFile(join(cwd, out), { tenantId, object: 'note', format, where: undefined });
    const partials = async () => {
      const names = (await readdir(cwd)).filter((name) => name.includes('.partial'));
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(cwd, name))).size));
      return sizes.filter((size) => size > 0);
    };
    async function* interrupted() {
      yield whole.slice(0, half);
      await vi.waitFor(async () => expect((await partials()).length).toBeGreaterThan(0));
      throw new Error('interrupted');
    }
    await expect(file.write(interrupted(), new AbortController().signal)).rejects.toThrow('interrupted');
    const other = await json(['data', 'export', 'note', '--out', out, '--resume', '--where', '{"stars":4}']);
    expect(other.document).toMatchObject({ records: 1 });
    expect(other.document).not.toHaveProperty('resumed');
    const resumed = await json(['data', 'export', 'note', '--out', out, '--resume']);
    expect(resumed.document).toMatchObject({ records: 4, resumed: format === 'csv' ? 1 : 2 });
    expect(await readFile(join(cwd, out), 'utf8')).toBe(whole);
    expect(await partials()).toEqual([]);
  });

  it('stops an import at a bad record, and resumes it', async () => {
    const lines = '{"text":"five"}\n{"text":"six"}\n{"stars":7}\n{"text":"eight"}\n';
    const failed = await json(['data', 'import', 'note', '--batch', '2'], { stdin: lines });
    expect([failed.code, JSON.parse(failed.stderr)]).toEqual([
      7,
      expect.objectContaining({ code: 'validation_failed', next: ['objectstack data import note --skip 2'] }),
    ]);
    const repaired = lines.replace('"stars"', '"text"').replace('7', '"seven"');
    expect(
      (await json(['data', 'import', 'note', '--skip', '2'], { stdin: repaired })).document,
    ).toMatchObject({ written: 2, skipped: 2 });
    expect((await json(['sql', 'SELECT count(*) AS notes FROM note'])).document.rows).toEqual([{ notes: 8 }]);
  });

  it('runs SQL that only reads, unless writing is permitted', async () => {
    const refused = await json(['sql', "UPDATE note SET text = 'x'"]);
    expect([refused.code, JSON.parse(refused.stderr).next]).toEqual([3, ['objectstack sql --write "…"']]);
    expect((await json(['sql', '--write', 'UPDATE note SET stars = 9 WHERE stars = 4'])).document).toEqual({
      rows: [],
      rowsAffected: 1,
    });
  });

  it('refuses to remove data until each change is approved by its id', async () => {
    await setVersion('0.3.0', TEXT);
    const refused = await json(['deploy', '--yes']);
    expect([refused.code, JSON.parse(refused.stderr)]).toEqual([
      3,
      expect.objectContaining({
        code: 'destructive_not_allowed',
        details: expect.objectContaining({ changes: ['remove_field:note.stars'] }),
        next: ['objectstack plan', 'objectstack deploy --allow remove_field:note.stars'],
      }),
    ]);
    expect((await text(['plan', '--out', 'plan.json'])).stdout).toContain('- remove_field:note.stars');
    expect(
      (await json(['deploy', 'plan.json', '--allow', 'remove_field:note.stars'])).document,
    ).toMatchObject({ outcome: 'applied' });
  });

  it('is rolled back with its values, and shown in its history', async () => {
    expect((await json(['rollback'])).document).toMatchObject({ outcome: 'applied' });
    expect((await json(['sql', 'SELECT sum(stars) AS stars FROM note'])).document.rows).toEqual([
      { stars: 33 },
    ]);
    const { items } = system.DeploymentPageSchema.parse((await json(['history'])).document);
    expect(items.map(({ bundleVersion }) => bundleVersion)).toEqual(['0.2.0', '0.3.0', '0.2.0', '0.1.0']);
    expect((await text(['history', '--limit', '2'])).stdout).toContain('More: objectstack history --cursor');
  });

  it('is compared with a tenant and with another bundle', async () => {
    const { document } = await json(['diff', 'tenant:dev']);
    const { findings } = system.VersionComparisonSchema.parse(document);
    expect(findings.map(({ changeId }) => changeId)).toContain('remove_field:note.stars');
    expect((await json(['diff', '.', '.'])).document.findings).toEqual([]);
  });

  it('rejects a plan that is stale', async () => {
    expect(await json(['plan', '--out', 'stale.json'])).toMatchObject({ code: 0 });
    await setVersion('0.4.0', `${TEXT + STARS}  done: { type: boolean }\n`);
    expect((await json(['deploy'])).code).toBe(0);
    const stale = await json(['deploy', 'stale.json', '--allow', 'remove_field:note.stars']);
    expect([stale.code, JSON.parse(stale.stderr)]).toEqual([
      4,
      expect.objectContaining({ code: 'plan_stale', next: ['objectstack plan --out plan.json'] }),
    ]);
  });

  it('reports drift and what is wrong in the data directory', async () => {
    expect(await json(['drift'])).toMatchObject({ code: 0 });
    await json(['sql', '--write', 'CREATE TABLE extra (a TEXT)']);
    expect((await text(['drift', '--sql'])).stdout).toContain('CREATE TABLE extra (a TEXT);');
    expect(await json(['drift'])).toMatchObject({
      code: 1,
      document: { drift: [{ code: 'DR701', table: 'extra' }] },
    });
    const { findings } = system.DoctorReportSchema.parse((await json(['doctor'])).document);
    expect(findings).toEqual([
      expect.objectContaining({ check: 'drift', severity: 'warning', code: 'DR701' }),
    ]);
  });

  it('generates types', async () => {
    expect((await json(['generate', 'types', '--out', 'src/records.ts'])).code).toBe(0);
    expect(await readFile(join(cwd, 'src/records.ts'), 'utf8')).toContain('export interface NoteRecord');
  });

  it('is suspended, resumed, renamed, changed to another plan, and destroyed only with its id', async () => {
    const tenantId = String(
      (await json(['tenants', 'show', 'dev'])).document.databaseName &&
        (await json(['tenants', 'list']))
          .documents()
          .map((page) => (page as system.TenantPage).items[0]?.id)[0],
    );
    expect((await json(['tenants', 'suspend', 'dev'])).document).toMatchObject({
      provisioningStatus: 'suspended',
    });
    expect(await json(['data', 'query', 'note'])).toMatchObject({ code: 3 });
    expect((await json(['tenants', 'resume', 'dev'])).document).toMatchObject({
      provisioningStatus: 'active',
    });
    expect((await json(['tenants', 'plan', 'enterprise', 'dev'])).document).toMatchObject({
      plan: 'enterprise',
    });
    expect((await json(['tenants', 'rename', 'acme', tenantId])).code).toBe(0);
    const refused = await json(['tenants', 'destroy', 'acme']);
    expect([refused.code, JSON.parse(refused.stderr).next]).toEqual([
      3,
      [`objectstack tenants destroy ${tenantId} --confirm ${tenantId}`],
    ]);
    expect((await json(['tenants', 'destroy', 'acme', '--confirm', tenantId])).document).toMatchObject({
      provisioningStatus: 'destroying',
    });
    const { items } = (await json(['audit', tenantId])).document as unknown as system.AuditPage;
    expect(items[0]).toMatchObject({ action: 'change_tenant_status', after: 'destroying' });
    expect((await json(['sweep'])).document).toMatchObject({ problems: [] });
  });

  it('is recovered, exported, imported, cloned, backed up, restored and moved', async () => {
    expect((await json(['tenants', 'recover', 'acme'])).document).toMatchObject({
      provisioningStatus: 'active',
    });
    const { records } = (await json(['tenants', 'export', 'acme', '--out', 'acme.jsonl'])).document;
    expect(Number(records)).toBeGreaterThan(0);
    const archive = await text(['tenants', 'export', 'acme']);
    expect(archive.stdout.split('\n')).toHaveLength(Number(records) + 4);
    const copies = [
      await json(['tenants', 'import', 'acme.jsonl', '--slug', 'imported', '--plan', 'pro']),
      await json(['tenants', 'clone', 'acme', '--slug', 'cloned', '--no-masking']),
    ];
    expect(copies.map(({ document }) => document.created)).toEqual([true, true]);
    const repeated = ['tenants', 'import', '--slug', 'imported', '--plan', 'pro'];
    expect((await json(repeated, { stdin: archive.stdout })).document).toEqual({
      tenantId: copies[0]?.document.tenantId,
      created: false,
    });
    const backup = await json(['tenants', 'backup', 'cloned', '--retention-days', '9']);
    const id = String(backup.document.id);
    expect((await json(['tenants', 'restore', 'cloned', '--backup', id])).document).toMatchObject({
      replaced: { kind: 'replaced' },
    });
    const earlier = await json(['tenants', 'restore', 'cloned', '--at', '2026-01-31T10:00:00Z']);
    expect(JSON.parse(earlier.stderr)).toMatchObject({
      code: 'not_supported',
      detail: expect.stringContaining('backupTenant'),
    });
    expect((await json(['tenants', 'move', 'eu-west', 'cloned'])).code).toBe(0);
    expect((await json(['tenants', 'backups', 'cloned'])).document.items).toHaveLength(3);
    expect((await text(['tenants', 'backups', 'cloned', '--limit', '1'])).stdout).toContain('More: ');
    const count = ['sql', 'SELECT count(*) AS notes FROM note', '--tenant', 'cloned'];
    expect((await json(count)).document.rows).toEqual([{ notes: records }]);
    for (const slug of ['acme', 'imported', 'cloned']) {
      const { tenantId } = (await json(['tenants', 'suspend', slug])).document;
      await json(['tenants', 'destroy', slug, '--confirm', String(tenantId)]);
    }
  });
});

describe('dev --once', () => {
  it('creates a tenant, deploys, and refuses what removes data', async () => {
    await setVersion('0.5.0', TEXT + STARS);
    expect((await json(['dev', '--once', '--organization', 'second'])).document).toMatchObject({
      event: 'deployed',
      version: '0.5.0',
    });
    expect((await json(['dev', '--once', '--organization', 'second'])).document).toMatchObject({
      event: 'unchanged',
    });
    await setVersion('0.6.0', TEXT);
    const refused = await json(['dev', '--once', '--organization', 'second']);
    expect(refused.document).toMatchObject({ event: 'refused', approvals: ['remove_field:note.stars'] });
    await setVersion('0.6.0', '  text: { type: txt }\n');
    expect((await json(['dev', '--once', '--organization', 'second'])).document).toMatchObject({
      event: 'invalid',
      issues: 1,
    });
  });
});

describe('init', () => {
  it.each(['json', 'ts'])('creates a valid project in %s, without warnings', async (format) => {
    const directory = join(cwd, `in-${format}`);
    expect((await json(['init', directory, '--format', format])).code).toBe(0);
    expect((await runCommand(directory, ['validate', '--json'])).documents()).toEqual([
      expect.objectContaining({ valid: true, warningCount: 0 }),
    ]);
  });
});

describe('the output for people', () => {
  it('fits into a narrow terminal, and is complete without one', async () => {
    const narrow = await runCommand(cwd, ['tenants', 'list', '--all'], {
      isTerminal: true,
      columns: 60,
      variables: { NO_COLOR: '1' },
    });
    expect(Math.max(...narrow.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(narrow.stdout).toContain('…');
    expect((await text(['tenants', 'list', '--all'])).stdout).not.toContain('…');
  });

  it('has colors in terminals only, unless NO_COLOR is set', async () => {
    const terminal = await runCommand(cwd, ['tenants', 'list'], { isTerminal: true });
    expect(terminal.stdout).toContain('\u001b[1m');
    for (const options of [{}, { isTerminal: true, variables: { NO_COLOR: '1' } }])
      expect((await runCommand(cwd, ['tenants', 'list'], options)).stdout).not.toContain('\u001b');
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s with every command', async (shell) => {
    const { code, stdout } = await text(['completion', shell]);
    expect(code).toBe(0);
    for (const { name } of DECLARATIONS) expect(stdout).toContain(name.split(' ').at(-1));
  });
});
