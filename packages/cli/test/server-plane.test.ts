import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SqldServer, sharedPostgres, startSqld } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const postgres = sharedPostgres();
const BUNDLE = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { text: { type: 'text' } } }],
};
const [FIRST, SECOND] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

let cwd: string;
let server: SqldServer;
let variables: Record<string, string>;

/** The configuration of a libSQL server with the registry on PostgreSQL. */
const configure = (keys: object) =>
  writeFile(
    join(cwd, 'objectstack.config.json'),
    JSON.stringify({
      bundle: 'bundle.json',
      dataPlane: { kind: 'server', url: server.urlTemplate, adminUrl: server.adminUrl, ...keys },
      registry: { connectionString: { env: 'REGISTRY' } },
    }),
  );

/** The document of a command that succeeded. */
async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stderr, documents } = await runCommand(cwd, [...args, '--json'], { variables });
  expect([code, stderr]).toEqual([0, '']);
  return documents()[0] as Record<string, unknown>;
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
  server = await startSqld();
  variables = { FIRST, SECOND, REGISTRY: await postgres.createSchema() };
  await writeFile(join(cwd, 'bundle.json'), JSON.stringify(BUNDLE));
  await configure({ sealingKey: { env: 'FIRST' } });
});
afterAll(async () => {
  await server.stop();
  await rm(cwd, { recursive: true, force: true });
});

describe('the commands on a libSQL server with a registry on PostgreSQL', () => {
  it('create a tenant, deploy to it, and read and write its records', async () => {
    expect(await json('tenants', 'create', '--slug', 'acme')).toMatchObject({ status: 'active' });
    expect(await json('deploy')).toMatchObject({ status: 'ready', outcome: 'applied' });
    expect(await json('data', 'insert', 'note', '{"text":"one"}')).toMatchObject({ text: 'one' });
    expect(await json('sql', 'SELECT text FROM note')).toMatchObject({ rows: [{ text: 'one' }] });
    expect(await json('doctor')).toMatchObject({ findings: [] });
  });

  it('encrypt the stored secrets with a new key, after which the earlier one is not needed', async () => {
    const earlierSealingKeys = [{ id: 'cli', key: { env: 'FIRST' } }];
    const current = { sealingKey: { env: 'SECOND' }, sealingKeyId: '2026-12' };
    await configure({ ...current, earlierSealingKeys });
    expect(await json('keys', 'rotate')).toMatchObject({ keyId: '2026-12', resealed: 1, remaining: 0 });
    expect((await runCommand(cwd, ['keys', 'rotate'], { variables })).stdout).toContain(
      'Earlier keys can be removed',
    );
    await configure(current);
    expect(await json('data', 'query', 'note')).toMatchObject({ text: 'one' });
  });

  it('pull the tables of a database on the server', async () => {
    const database = await server.createDatabase();
    const options = { variables: { ...variables, SHOP_TOKEN: database.token } };
    const pull = ['pull', database.url, 'shop', '--token-env', 'SHOP_TOKEN'];
    const empty = await runCommand(cwd, pull, options);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('has no tables')]);
  });
});
