import { inspect } from 'node:util';
import { ObjectStackError } from '@objectstack/spec/shared';
import { sharedPostgres } from '@objectstack/testing';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tcpProxy } from '../../test/tcp-proxy.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { transactionPooler } from '../../test/transaction-pooler.js';
import { type PostgresRegistryOptions, postgresRegistry } from './postgres-registry.js';

const server = sharedPostgres();
const SECRET = 'canary-secret';

type Part = 'password' | 'username' | 'pathname' | 'port' | 'hostname' | 'search';

const set = (part: Part, value: string) => (url: URL) => {
  url[part] = value;
};

/** The error of the work, which must contain neither a password nor a host. */
async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<ObjectStackError> {
  const error = await Promise.resolve(typeof work === 'function' ? Promise.resolve().then(work) : work).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error)) throw new Error(`It is not typed: ${inspect(error)}`);
  const shown = `${inspect(error, { depth: 10 })}${JSON.stringify(error)}`;
  expect(shown).not.toMatch(/canary-secret|127\.0\.0\.1|postgres:postgres|t-taken/);
  return error;
}

function open(options: PostgresRegistryOptions) {
  const registry = postgresRegistry(options);
  onTestFinished(() => registry.close());
  return registry;
}

async function initialized() {
  const connectionString = await server.createSchema();
  const registry = open({ connectionString });
  await registry.initialize();
  return { registry, connectionString };
}

async function throughProxy() {
  const url = new URL(await server.createSchema());
  const proxy = await tcpProxy(Number(url.port));
  url.port = String(proxy.port);
  return { proxy, connectionString: url.href };
}

describe('postgresRegistry', () => {
  it.each([
    [{}, 'configuration_incomplete'],
    [undefined, 'configuration_incomplete'],
    [
      { connectionString: `postgresql://u:${SECRET}@h/db`, pool: { connect: () => undefined } },
      'configuration_incomplete',
    ],
    [{ connectionString: `u:${SECRET}@h` }, 'configuration_invalid'],
    [{ connectionString: `https://u:${SECRET}@h/db` }, 'configuration_invalid'],
    [{ connectionString: `postgresql://u:${SECRET}@h:port/db` }, 'configuration_invalid'],
    [{ connectionString: 7 }, 'configuration_invalid'],
    [{ connectionString: 'postgresql://h/db', maxConnections: 0 }, 'configuration_invalid'],
    [{ pool: {} }, 'configuration_invalid'],
  ])('rejects the options %j', async (options, code) => {
    expect(await errorOf(() => postgresRegistry(options as never))).toMatchObject({ code });
  });

  it.each([
    ['password', set('password', SECRET), 'configuration_invalid', '28P01'],
    ['user', set('username', SECRET), 'configuration_invalid', '28P01'],
    ['database', set('pathname', SECRET), 'configuration_invalid', '3D000'],
    ['port', set('port', '1'), 'database_unreachable', 'ECONNREFUSED'],
    ['host', set('hostname', `${SECRET}.invalid`), 'database_unreachable', undefined],
    ['sslmode', set('search', '?sslmode=verify-full'), 'configuration_invalid', undefined],
  ])('reports a wrong %s when it is initialized', async (_, change, code, reason) => {
    const url = new URL(await server.createSchema());
    change(url);
    const error = await errorOf(open({ connectionString: url.href }).initialize());
    expect(error).toMatchObject({ code, retryable: code === 'database_unreachable' });
    if (reason) expect(error.details).toMatchObject({ reason });
  });

  it('reports a user that may not create tables', async () => {
    const connectionString = await server.createSchema();
    const role = `role_${process.pid}_${Math.floor(performance.now())}`;
    await server.run(connectionString, `CREATE ROLE ${role} LOGIN PASSWORD '${SECRET}'`);
    onTestFinished(async () => {
      await server.run(connectionString, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    });
    const schema = new URL(connectionString).searchParams.get('options')?.split('=')[1];
    await server.run(connectionString, `GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    const url = new URL(connectionString);
    [url.username, url.password] = [role, SECRET];
    expect(await errorOf(open({ connectionString: url.href }).initialize())).toMatchObject({
      code: 'configuration_invalid',
      details: { reason: '42501' },
    });
  });

  it('rejects a registry of a newer release without changing it', async () => {
    const { registry, connectionString } = await initialized();
    await server.run(connectionString, `INSERT INTO _os_control_migration VALUES (99, 'later', '')`);
    expect(await errorOf(registry.initialize())).toMatchObject({
      code: 'unsupported_protocol_version',
      details: { foundVersion: 99 },
    });
  });

  it('shows no value of a row in an error', async () => {
    const { registry } = await initialized();
    await registry.createTenant(tenantRecord({ databaseName: 't-taken' }));
    const error = await errorOf(registry.createTenant(tenantRecord({ databaseName: 't-taken' })));
    expect(error).toMatchObject({ code: 'unique_violation' });
  });

  it('reports tables that were removed', async () => {
    const { registry, connectionString } = await initialized();
    await server.run(connectionString, 'DROP TABLE _os_control_step');
    const missing = { code: 'database_invalid', details: { reason: 'tables_missing' } };
    expect(await errorOf(registry.listSteps('t'))).toMatchObject(missing);
    expect(await errorOf(registry.initialize())).toMatchObject(missing);
  });

  it('reports a server that cannot be reached any more, and recovers with it', async () => {
    const { proxy, connectionString } = await throughProxy();
    const registry = open({ connectionString });
    await registry.initialize();
    const { record } = await registry.createTenant(tenantRecord());
    proxy.cut();
    for (const work of [
      () => registry.getTenant(record.tenant.id),
      () => registry.updateTenant(record.tenant.id, ['provisioning'], { provisioningStatus: 'failed' }),
    ])
      expect(await errorOf(work)).toMatchObject({ code: 'database_unreachable', retryable: true });
    proxy.restore();
    expect(await registry.getTenant(record.tenant.id)).toEqual(record);
  });

  it('reports a server that does not answer in time, and gives up the connection', async () => {
    const { proxy, connectionString } = await throughProxy();
    const pool = new pg.Pool({ connectionString, max: 1, query_timeout: 300 });
    onTestFinished(() => pool.end());
    const registry = open({ pool });
    await registry.initialize();
    const { record } = await registry.createTenant(tenantRecord());
    proxy.stall();
    const change = { provisioningStatus: 'failed' } as const;
    const late = registry.updateTenant(record.tenant.id, ['provisioning'], change);
    expect(await errorOf(late)).toMatchObject({ code: 'request_timeout', retryable: true });
    expect(pool.totalCount).toBe(0);
    proxy.restore();
    expect(await registry.getTenant(record.tenant.id)).toEqual(record);
  });

  it('recovers after the server ended its connections, also within a transaction', async () => {
    const { registry, connectionString } = await initialized();
    const { record } = await registry.createTenant(tenantRecord());
    const id = record.tenant.id;
    const locker = new pg.Client({ connectionString });
    await locker.connect();
    onTestFinished(() => locker.end());
    await locker.query('BEGIN');
    await locker.query('LOCK TABLE _os_control_tenant IN ACCESS EXCLUSIVE MODE');
    const waiting = errorOf(registry.updateTenant(id, ['provisioning'], { provisioningStatus: 'failed' }));
    const ended = `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'`;
    while ((await locker.query(ended)).rows[0].count === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await waiting).toMatchObject({ code: 'database_unreachable' });
    await locker.query('ROLLBACK');
    expect(await registry.getTenant(id)).toEqual(record);
  });

  it('leaves a pool that was passed open, and rejects calls after close', async () => {
    const pool = new pg.Pool({ connectionString: await server.createSchema() });
    onTestFinished(() => pool.end());
    const registry = postgresRegistry({ pool });
    await registry.initialize();
    await registry.close();
    expect(await errorOf(registry.listAllTenants())).toMatchObject({ code: 'runtime_closed' });
    expect((await pool.query('SELECT count(*)::int AS count FROM _os_control_tenant')).rows).toEqual([
      { count: 0 },
    ]);
    const own = (await initialized()).registry;
    await own.close();
    expect(await errorOf(own.listAllTenants())).toMatchObject({ code: 'runtime_closed' });
  });

  it('names no prepared statement and changes no session', async () => {
    const pool = transactionPooler(await server.createSchema());
    onTestFinished(() => pool.end());
    const registry = open({ pool });
    await registry.initialize();
    const { record } = await registry.createTenant(tenantRecord());
    await registry.recordStep(record.tenant.id, 'activate', {
      status: 'running',
      at: record.tenant.createdAt,
    });
    await registry.updateTenant(record.tenant.id, ['provisioning'], { provisioningStatus: 'failed' });
    expect(pool.statements.length).toBeGreaterThan(10);
    for (const [text, ...rest] of pool.statements) {
      expect(text).toBeTypeOf('string');
      expect(text).not.toMatch(/^\s*(set(?! local)|prepare|listen|declare|create temp)|pg_advisory_lock/i);
      expect(rest).toHaveLength(1);
    }
  });
});
