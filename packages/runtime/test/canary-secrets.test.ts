import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  createServerDatabaseStore,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
  tursoLocal,
} from '@objectstack/driver-turso';
import type { DataPlane, IBundleStore, ITenantRegistry } from '@objectstack/spec/contracts';
import { RuntimeEventNameEnum } from '@objectstack/spec/system';
import { sharedPostgres, startS3Server, startSqld, temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import pino from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '../src/index.js';
import { openTelemetry } from '../src/opentelemetry/open-telemetry.js';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';
import { s3BundleStore } from '../src/s3/s3-bundle-store.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const VARIABLE = 'OBJECTSTACK_TEST_CANARY_TOKEN';
const postgres = sharedPostgres();

/** A secret that is easy to find, also encoded. */
const canary = (name: string) => `canary-${name}-${randomUUID()}`;
const KEY = randomUUID().replaceAll('-', '');
const SECRETS = {
  platformToken: canary('platform'),
  groupToken: canary('group'),
  adminToken: canary('admin'),
  // The access key of the test server.
  s3Secret: 'test/secret+key=',
  password: canary('postgres'),
  recordValue: canary('record'),
  sealingKey: KEY,
};

/** The texts that must not appear: each secret as it is, as Base64 and in hexadecimal, and any JSON Web Token. */
const FORBIDDEN = [
  ...Object.entries(SECRETS).flatMap(([name, secret]) =>
    (['utf8', 'base64', 'base64url', 'hex'] as const).map(
      (encoding) =>
        [`${name} (${encoding})`, Buffer.from(secret).toString(encoding).replace(/=+$/, '')] as const,
    ),
  ),
  ['JSON Web Token', 'eyJhbGciOi'],
  ['private key', 'PRIVATE KEY'],
] as const;

const found = (text: string) => FORBIDDEN.filter(([, secret]) => text.includes(secret)).map(([name]) => name);

/** Everything that a process tells, from its start. */
function listen() {
  const told: string[] = [];
  const write = (chunk: string | Uint8Array) => told.push(String(chunk)) > 0;
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation(write);
    onTestFinished(() => spy.mockRestore());
  }
  const spans = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const logger = pino({ level: 'trace' }, { write: (line) => void told.push(line) });
  const failed = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    told.push(inspect(error, { depth: 20, showHidden: true, getters: true }), JSON.stringify(error) ?? '');
    return error;
  };
  const spansTold = () =>
    spans.getFinishedSpans().map((span) => inspect(span.attributes) + inspect(span.events));
  return { told, failed, logger, telemetry: openTelemetry({ tracerProvider }), spansTold };
}

interface Parts {
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
  readonly bundles: IBundleStore;
  /** Everything that is stored, as text. */
  readonly stored: () => Promise<string>;
  /** Makes the next calls fail. */
  readonly breakIt: () => Promise<void>;
}

async function filesIn(dir: string): Promise<string> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return texts.join('\n');
}

async function onFiles(dir: string): Promise<Parts> {
  const { defaults, ...dataPlane } = tursoLocal({ dir });
  const registry = createTenantRegistry(defaults.controlDatabase);
  const bundles = createFileBundleStore(join(dir, 'bundles'));
  const stored = async () =>
    (await readFile(join(dir, 'control.db'), 'latin1')) +
    (await readFile(join(dir, 'control.db-wal'), 'latin1').catch(() => ''));
  return { dataPlane, registry, bundles, stored, breakIt: async () => undefined };
}

async function onCloud(): Promise<Parts> {
  const emulator = await startTursoEmulator({ platformTokens: [{ token: SECRETS.platformToken }] });
  process.env[VARIABLE] = SECRETS.platformToken;
  process.env[`${VARIABLE}_GROUP`] = SECRETS.groupToken;
  const s3 = await startS3Server();
  const { region, ...credentials } = s3.access;
  expect(credentials.secretAccessKey).toBe(SECRETS.s3Secret);
  onTestFinished(async () => {
    delete process.env[VARIABLE];
    delete process.env[`${VARIABLE}_GROUP`];
    await emulator.stop();
    await s3.stop();
  });
  const schema = new URL(await postgres.createSchema());
  const owner = schema.href;
  const name = schema.searchParams.get('options')?.split('=')[1] ?? '';
  const role = `canary_${randomUUID().replaceAll('-', '')}`;
  await postgres.run(owner, `CREATE ROLE ${role} LOGIN PASSWORD '${SECRETS.password}'`);
  await postgres.run(owner, `GRANT ALL ON SCHEMA ${name} TO ${role}`);
  onTestFinished(async () => {
    await postgres.run(owner, `DROP OWNED BY ${role}`);
    await postgres.run(owner, `DROP ROLE ${role}`);
  });
  schema.username = role;
  schema.password = SECRETS.password;
  const { organizationSlug, url: apiUrl } = emulator;
  const dataPlane = tursoCloud(
    {
      organizationSlug,
      group: { name: 'default', region: 'us-east' },
      platformToken: { env: VARIABLE },
      groupAuthToken: { env: `${VARIABLE}_GROUP` },
    },
    { apiUrl },
  );
  const store = { endpoint: s3.endpoint, bucket: s3.bucketName, region, credentials };
  const stored = async () => {
    const tables = await postgres.run(
      owner,
      `SELECT table_name FROM information_schema.tables WHERE table_schema = '${name}'`,
    );
    const rows = await Promise.all(
      tables.rows.map(({ table_name }) => postgres.run(owner, `SELECT * FROM ${name}.${table_name}`)),
    );
    return JSON.stringify(rows.map((result) => result.rows));
  };
  return {
    dataPlane,
    registry: postgresRegistry({ connectionString: schema.href, maxConnections: 2 }),
    bundles: s3BundleStore(store),
    stored,
    breakIt: async () => {
      for (const status of [400, 401, 403, 404, 422]) emulator.addFault({ kind: 'status', status, times: 1 });
      process.env[VARIABLE] = `${SECRETS.platformToken}-wrong`;
      await s3.stop();
      await postgres.run(owner, `ALTER ROLE ${role} NOLOGIN`);
      await postgres.run(
        owner,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`,
      );
    },
  };
}

async function onServer(dir: string): Promise<Parts> {
  const server = await startSqld();
  const database = openLocalDatabase({ path: join(dir, 'servers.db') });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await server.stop();
    isStopped = true;
  };
  onTestFinished(async () => {
    await database.close();
    await stop();
  });
  const dataPlane = libsqlServer({
    url: server.urlTemplate,
    adminUrl: server.adminUrl,
    adminToken: SECRETS.adminToken,
    store: createServerDatabaseStore(database),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: Buffer.from(KEY) }] }),
  });
  const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
  const bundles = createFileBundleStore(join(dir, 'bundles'));
  const stored = async () => {
    const files = await readdir(dir);
    const texts = files
      .filter((name) => name.includes('.db'))
      .map((name) => readFile(join(dir, name), 'latin1'));
    return (await Promise.all(texts)).join('\n');
  };
  return { dataPlane, registry, bundles, stored, breakIt: stop };
}

const PLANES = [
  ['on files', onFiles],
  ['on Turso Cloud (emulated), PostgreSQL and S3', onCloud],
  ['on a libSQL server', onServer],
] as const;

describe('secrets and record values', () => {
  it.each(PLANES)('appear nowhere %s', async (_, openParts) => {
    const { told, failed, logger, telemetry, spansTold } = listen();
    const dir = await temporaryFolder();
    const { stored, breakIt, ...parts } = await openParts(dir);
    const sealer = createSecretSealer({ keys: [{ id: 'k1', key: Buffer.from(KEY) }] });
    const os = await createRuntime({ ...parts, sealer, logger, telemetry });
    onTestFinished(() => os.close());
    for (const name of RuntimeEventNameEnum.options)
      os.on(name, (payload) => told.push(inspect(payload, { depth: 20 })));
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    const account = objectOf('account', { name: { type: 'text', unique: true } });
    const client = await (async () => {
      await os.deployments.deploy(tenantId, bundleOf({ objects: [account] }));
      return os.router.getTenantClient(tenantId);
    })();
    const name = SECRETS.recordValue;
    await client.create('account', { name });
    // Mistakes with a value, while everything works.
    await failed(client.create('account', { name }));
    await failed(client.create('account', { name: { name } } as never));
    await failed(client.find('account', { where: { nmae: name } } as never));
    await failed(client.execute(`SELECT '${name}' FROM nowhere`));
    const seedData = [{ object: 'account', records: [{ name, unknown: name }] }];
    await failed(os.deployments.deploy(tenantId, bundleOf({ objects: [account], seedData }, '2.0.0')));
    await failed(os.provisioning.adoptTenant({ orgId: 'acme', databaseName: 'none', authToken: name }));
    await os.provisioning.suspendTenant(tenantId);
    await failed(client.count('account'));
    await os.provisioning.resumeTenant(tenantId);
    await os.keys.rotate();
    told.push(inspect(await os.health()));
    told.push(
      inspect((await os.tenants.audit(tenantId)).items),
      inspect(await os.tenants.get(tenantId), { depth: 20 }),
    );
    told.push(await stored());
    // Every part fails.
    await breakIt();
    await failed(os.provisioning.provisionTenant({ orgId: 'acme' }, { signal: AbortSignal.timeout(5_000) }));
    await failed(os.provisioning.suspendTenant(tenantId, { signal: AbortSignal.timeout(5_000) }));
    await failed(client.create('account', { name: `${name}-2` }, { signal: AbortSignal.timeout(5_000) }));
    told.push(inspect(await os.health(), { depth: 20 }));
    for (const part of [os, sealer, ...Object.values(parts), parts.dataPlane.platform])
      told.push(inspect(part, { depth: 20, showHidden: true, getters: true }));
    told.push(...spansTold());
    expect(found(told.join('\n'))).toEqual([]);
    // The test would find them: the record is in the tenant's database, and the log is not empty.
    expect(told.length).toBeGreaterThan(30);
    expect(found(`x${name}`)).toEqual(['recordValue (utf8)']);
    if (openParts === onFiles) expect(await filesIn(join(dir, 'tenants'))).toContain(name);
  });
});
