import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTursoDriver, openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { controlFolder } from '../test/control-folder.js';
import { bundleOf, objectOf } from '../test/sample-bundles.js';
import { createRuntime } from './create-runtime.js';
import { REGISTRY_TABLE_NAMES } from './registry/registry-columns.js';
import type { Runtime } from './runtime.js';

const SECRET = 'value of a record';
const name = { type: 'text' } as const;
const OLD = bundleOf({ objects: [objectOf('item', { name })] });
const NEW = bundleOf({ objects: [objectOf('item', { name, size: { type: 'number' } })] }, '2.0.0');

async function open(dir: string): Promise<Runtime> {
  const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }) });
  onTestFinished(() => runtime.close());
  return runtime;
}

/** An open runtime on a folder with a tenant, an object and a record. */
async function filled(dir: string) {
  const runtime = await open(dir);
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
  const { deployments, router } = runtime;
  await deployments.executeDeployment(tenantId, await deployments.planDeployment(tenantId, OLD));
  const driver = await router.getTenantClient(tenantId);
  await driver.create('item', { name: SECRET });
  return { dir, runtime, tenantId, driver };
}

/**
 * The code of the error that a call rejects with. Asserts that the error contains neither the folder's path nor record
 * values.
 */
async function refusal(dir: string, call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const shown = JSON.stringify([error.message, error.toProblemDetails()]);
    expect(shown).not.toContain(dir);
    expect(shown).not.toContain(SECRET);
    return error.code;
  }
  return 'none';
}

async function replaceByFolder(file: string): Promise<void> {
  await rm(file);
  await mkdir(file);
}

const filesIn = async (dir: string) =>
  (await readdir(dir, { recursive: true }).catch(() => []))
    .filter((file) => !/-(wal|shm)$/.test(file))
    .sort();

const namesIn = async ({ router }: Runtime, tenantId: string) =>
  (await (await router.getTenantClient(tenantId)).find('item')).map((record) => record.name);

/** Mounts a file system for one test. Without the permission to mount, the test is skipped with the reason. */
function mounted({ skip }: TestContext, folder: string, options: readonly string[]): void {
  try {
    execFileSync('mount', [...options, folder], { stdio: 'pipe' });
  } catch (error) {
    const reason = `needs the permission to mount a file system: ${String(error).split('\n')[0]}`;
    console.info(`skipped: ${reason}`);
    skip(reason);
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  });
}

describe('a data directory that is lost while it is open', () => {
  it('is reported by every call and not recreated', async () => {
    const { dir, runtime, tenantId, driver } = await filled(join(await temporaryFolder(), 'data'));
    await rm(dir, { recursive: true });
    for (const call of [
      () => driver.find('item'),
      () => driver.create('item', { name: SECRET }),
      () => runtime.deployments.planDeployment(tenantId, NEW),
      () => runtime.provisioning.provisionTenant({ orgId: 'globex' }),
      () => runtime.provisioning.getTenantStatus(tenantId),
      () => runtime.sweep(),
    ])
      expect(await refusal(dir, call)).toBe('database_not_found');
    expect(await filesIn(dir)).toEqual([]);
  });

  it('is reported when only its registry is lost, and no empty registry is created', async () => {
    const { dir, runtime, tenantId } = await filled(await controlFolder());
    for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
    for (const call of [
      () => runtime.deployments.list(tenantId),
      () => runtime.provisioning.provisionTenant({ orgId: 'globex' }),
      () => runtime.provisioning.inspectTenants(),
    ])
      expect(await refusal(dir, call)).toBe('database_not_found');
    expect(await filesIn(dir)).not.toContain('control.db');
    await runtime.close();
    expect(await refusal(dir, () => open(dir))).toBe('database_not_found');
  });
});

describe('a registry that cannot be used', () => {
  it.each<[string, string, (file: string) => Promise<unknown>]>([
    ['garbage', 'database_invalid', (file) => writeFile(file, 'garbage '.repeat(5_000))],
    ['cut short', 'database_invalid', (file) => truncate(file, 6_000)],
    ['a folder', 'database_invalid', replaceByFolder],
    ['empty', 'database_not_found', (file) => truncate(file, 0)],
    [
      'of a newer release',
      'unsupported_protocol_version',
      async (file) => {
        const plane = tursoLocal({ dir: dirname(file) });
        const sql = `INSERT INTO _os_control_migration (version, name, applied_at) VALUES (99, 'x', 'y')`;
        await plane.defaults.controlDatabase.execute({ sql });
        await plane.close();
      },
    ],
  ])('is refused when it is %s, and stays as it is', async (_, code, damage) => {
    const { dir, runtime } = await filled(await controlFolder());
    await runtime.close();
    const file = join(dir, 'control.db');
    for (const suffix of ['-wal', '-shm']) await rm(file + suffix, { force: true });
    await damage(file);
    const left = await readFile(file).catch(() => null);
    expect(await refusal(dir, () => open(dir))).toBe(code);
    expect(await readFile(file).catch(() => null)).toEqual(left);
  });
});

/** With the one in which the migrations of the registry are recorded. */
const ALL_TABLES = [...REGISTRY_TABLE_NAMES, '_os_control_migration'];

/** Drops tables of a database that no process uses. */
async function dropTables(file: string, tables: readonly string[]): Promise<void> {
  const database = openLocalDatabase({ path: file });
  for (const table of tables) await database.execute({ sql: `DROP TABLE "${table}"` });
  await database.execute({ sql: 'PRAGMA wal_checkpoint(TRUNCATE)' });
  await database.close();
}

const tablesMissing = { code: 'database_invalid', details: { reason: 'tables_missing' } };

describe('a registry without its tables', () => {
  it.each(REGISTRY_TABLE_NAMES)('is refused when it lacks %s', async (table) => {
    const { dir, runtime } = await filled(await controlFolder());
    await runtime.close();
    await dropTables(join(dir, 'control.db'), [table]);
    await expect(open(dir)).rejects.toMatchObject({
      ...tablesMissing,
      message: expect.stringContaining('restore it from a backup'),
    });
  });

  it('is refused when it lacks a column', async () => {
    const { dir, runtime } = await filled(await controlFolder());
    await runtime.close();
    const database = openLocalDatabase({ path: join(dir, 'control.db') });
    await database.execute({ sql: 'ALTER TABLE _os_control_tenant DROP COLUMN quota_overrides' });
    await database.close();
    await expect(open(dir)).rejects.toMatchObject(tablesMissing);
  });

  it('is not created again beside tenants', async () => {
    const { dir, runtime, tenantId } = await filled(await controlFolder());
    await runtime.close();
    await dropTables(join(dir, 'control.db'), ALL_TABLES);
    await expect(open(dir)).rejects.toMatchObject({
      code: 'database_not_found',
      details: { databaseNames: [`t-${tenantId}`] },
    });
  });

  it('is told by every call of a process that has it open', async () => {
    const { dir, runtime, tenantId } = await filled(await controlFolder());
    await dropTables(join(dir, 'control.db'), ALL_TABLES);
    for (const call of [
      () => runtime.provisioning.getTenantStatus(tenantId),
      () => runtime.provisioning.provisionTenant({ orgId: 'globex' }),
      () => runtime.provisioning.inspectTenants(),
      () => runtime.provisioning.suspendTenant(tenantId),
      () => runtime.deployments.list(tenantId),
      () => runtime.sweep(),
    ])
      await expect(call()).rejects.toMatchObject(tablesMissing);
  });
});

describe("a tenant's database without a system table", () => {
  it.each([
    ['_os_object', (runtime: Runtime, id: string) => runtime.deployments.planDeployment(id, NEW)],
    ['_os_object', (runtime: Runtime, id: string) => runtime.quotas.getUsage(id)],
    ['_os_component', (runtime: Runtime, id: string) => runtime.deployments.planDeployment(id, NEW)],
    ['_os_deployment', async (runtime: Runtime, id: string) => namesIn(runtime, id)],
    ['_os_deployment', (runtime: Runtime, id: string) => runtime.deployments.planDeployment(id, NEW)],
    ['_os_deployment', (runtime: Runtime, id: string) => runtime.deployments.list(id)],
  ])('is refused by name when it lacks %s', async (table, call) => {
    const { dir, runtime, tenantId } = await filled(await controlFolder());
    await dropTables(join(dir, 'tenants', `t-${tenantId}.db`), [table]);
    await expect(call(runtime, tenantId)).rejects.toMatchObject(tablesMissing);
  });
});

describe('a stored bundle that cannot be used', () => {
  it.each<[string, string, (file: string) => Promise<unknown>]>([
    ['cut short', 'bundle_corrupt', (file) => truncate(file, 20)],
    ['altered', 'bundle_corrupt', (file) => appendFile(file, ' ')],
    ['gone', 'bundle_not_found', (file) => rm(file)],
    ['a folder', 'configuration_invalid', replaceByFolder],
  ])('stops its deployment when it is %s, before anything changes', async (_, code, damage) => {
    const { dir, runtime, tenantId } = await filled(await controlFolder());
    const { deployments } = runtime;
    const plan = await deployments.planDeployment(tenantId, NEW);
    const { bundleChecksum: checksum = '' } = plan;
    await damage(join(dir, 'bundles', checksum.slice(0, 2), `${checksum}.json`));
    expect(await refusal(dir, () => deployments.executeDeployment(tenantId, plan))).toBe(code);
    expect((await deployments.list(tenantId)).items).toHaveLength(1);
  });
});

describe('a disk that refuses', () => {
  it('gives data from a read-only folder and refuses what would change it', async (context) => {
    const { dir: origin, runtime, tenantId } = await filled(await controlFolder());
    // With the logs: SQLite opens no database in WAL mode in a read-only folder without them, and closing removes them.
    const [dir, folder] = [await temporaryFolder(), await temporaryFolder()];
    await cp(origin, dir, { recursive: true });
    await runtime.close();
    mounted(context, folder, ['--bind', dir]);
    execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
    const before = await filesIn(dir);
    const readOnly = await open(folder);
    expect(await namesIn(readOnly, tenantId)).toEqual([SECRET]);
    const driver = await readOnly.router.getTenantClient(tenantId);
    for (const call of [
      () => driver.create('item', { name: SECRET }),
      () => readOnly.deployments.planDeployment(tenantId, NEW),
      () => readOnly.provisioning.provisionTenant({ orgId: 'globex' }),
    ])
      expect(await refusal(folder, call)).toBe('database_blocked');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('creates no file of a driver in a read-only folder, and says so', async (context) => {
    const folder = await temporaryFolder();
    mounted(context, folder, ['--bind', await temporaryFolder()]);
    execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
    const url = pathToFileURL(join(folder, 'app.db')).href;
    const refused = {
      code: 'database_blocked',
      message: expect.stringMatching(/its directory is read-only/),
      details: { reason: 'read_only' },
    };
    await expect(createTursoDriver({ url }).connect()).rejects.toMatchObject(refused);
    const existing = createTursoDriver({ url }, { create: false });
    await expect(existing.connect()).rejects.toMatchObject({ code: 'database_not_found' });
  });

  it('refuses on a full disk, loses nothing, and goes on when there is room again', async (context) => {
    const dir = await temporaryFolder();
    mounted(context, dir, ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs']);
    const { runtime, tenantId, driver } = await filled(dir);
    const filler = join(dir, 'filler');
    for (let size = 1 << 20; size >= 4_096; size /= 2)
      while (
        await appendFile(filler, Buffer.alloc(size)).then(
          () => true,
          () => false,
        )
      );
    for (const call of [
      () => driver.create('item', { name: 'x'.repeat(100_000) }),
      () => runtime.deployments.planDeployment(tenantId, NEW),
      () => runtime.provisioning.provisionTenant({ orgId: 'globex' }),
    ])
      expect(await refusal(dir, call)).toBe('database_full');
    expect(await namesIn(runtime, tenantId)).toEqual([SECRET]);
    await rm(filler);
    const plan = await runtime.deployments.planDeployment(tenantId, NEW);
    expect(await runtime.deployments.executeDeployment(tenantId, plan)).toMatchObject({ status: 'ready' });
    expect(await runtime.provisioning.provisionTenant({ orgId: 'globex' })).toMatchObject({
      status: 'active',
    });
    expect(await namesIn(runtime, tenantId)).toEqual([SECRET]);
  });
});
