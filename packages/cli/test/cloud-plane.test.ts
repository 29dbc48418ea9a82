import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTursoDriver, TursoPlatformClient } from '@objectstack/driver-turso';
import { startTursoEmulator, type TursoEmulator } from '@objectstack/turso-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const TIMEOUT_MS = 120_000;
const SYSTEM = 'id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const AT = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const NOTE = { name: 'note', fields: { text: { type: 'text', index: true } } };

let cwd: string;
let emulator: TursoEmulator;

async function command(...args: string[]) {
  const variables = { TURSO_PLATFORM_TOKEN: emulator.platformToken };
  const { code, stderr, documents } = await runCommand(cwd, [...args, '--json'], { variables });
  return { code, stderr, document: documents()[0] as Record<string, never> };
}

/** The document of a command that succeeded. */
async function json(...args: string[]) {
  const { code, stderr, document } = await command(...args);
  expect([code, stderr]).toEqual([0, '']);
  return document;
}

const version = (manifest: object, fields: object = {}) =>
  writeFile(
    join(cwd, 'bundle.json'),
    JSON.stringify({ manifest, objects: [{ ...NOTE, fields: { ...NOTE.fields, ...fields } }] }),
  );

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
  emulator = await startTursoEmulator();
  const { organizationSlug, url: apiUrl } = emulator;
  const dataPlane = {
    kind: 'cloud',
    organizationSlug,
    apiUrl,
    platformToken: { env: 'TURSO_PLATFORM_TOKEN' },
  };
  await writeFile(join(cwd, 'objectstack.config.json'), JSON.stringify({ bundle: 'bundle.json', dataPlane }));
  await version({ version: '1.0.0' });
}, TIMEOUT_MS);
afterAll(async () => {
  await emulator.stop();
  await rm(cwd, { recursive: true, force: true });
});

describe('the commands on an emulator of Turso Cloud', () => {
  it(
    'create a tenant, deploy, write, roll back and check it',
    async () => {
      expect(await json('tenants', 'create', '--slug', 'acme')).toMatchObject({ status: 'active' });
      expect(await json('deploy')).toMatchObject({ status: 'ready', outcome: 'applied' });
      expect(await json('data', 'insert', 'note', '{"text":"one"}')).toMatchObject({ text: 'one' });
      await version({ version: '1.1.0' }, { done: { type: 'boolean' } });
      expect(await json('deploy', '--yes')).toMatchObject({ status: 'ready' });
      await json('rollback', '--yes');
      expect(await json('data', 'query', 'note')).not.toHaveProperty('done');
      expect(await json('doctor')).toMatchObject({ findings: [] });
    },
    TIMEOUT_MS,
  );

  it(
    'adopt a database of the organization where it is, without changing a row',
    async () => {
      const { url: apiUrl, organizationSlug, platformToken } = emulator;
      const platform = new TursoPlatformClient({ apiUrl, organizationSlug, platformToken, group: 'default' });
      const { url } = await platform.createDatabase({ name: 'shop' });
      const { jwt } = await platform.createToken('shop', 'full-access', 3_600);
      const driver = createTursoDriver({ url }, { authToken: jwt });
      await driver.connect();
      await driver.execute(`CREATE TABLE note (${SYSTEM}, text TEXT)`);
      await driver.execute(`INSERT INTO note VALUES ('a', ${AT}, 'old')`);
      await version({ version: '1.0.0' });
      expect(await json('baseline', 'shop', '--check')).toMatchObject({ outcome: 'adoptable' });
      expect(await json('baseline', 'shop', '--slug', 'shop')).toMatchObject({
        outcome: 'adopted',
        databaseName: 'shop',
      });
      expect(await json('data', 'query', 'note', '--tenant', 'shop')).toMatchObject({
        id: 'a',
        text: 'old',
        updated_at: '2024-01-01T00:00:00.000Z',
      });
      expect(await json('plan', '--tenant', 'shop')).toMatchObject({ statements: [] });
      expect(await json('fleet', 'aggregate', 'note', '--count')).toMatchObject({ rows: [{ count: 2 }] });
      expect(await command('baseline', 'absent')).toMatchObject({ code: 6 });
      await driver.disconnect();
    },
    TIMEOUT_MS,
  );
});
