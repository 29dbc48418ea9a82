import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTursoDriver, TursoPlatformClient } from '@objectstack/driver-turso';
import { DoctorReportSchema } from '@objectstack/spec/system';
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
  emulator = await startTursoEmulator({
    platformTokens: [{ token: 'complete' }, { token: 'reader', scopes: ['read'] }],
  });
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
    'name the permissions that the platform token lacks',
    async () => {
      const run = await runCommand(cwd, ['doctor', '--json'], {
        variables: { TURSO_PLATFORM_TOKEN: 'reader' },
      });
      const { findings } = DoctorReportSchema.parse(JSON.parse(run.stdout));
      const ofToken = findings.filter(({ check }) => check === 'token');
      expect([run.code, ofToken.map(({ code }) => code)]).toEqual([1, ['unauthorized', 'unauthorized']]);
      expect(ofToken.map(({ message }) => message.split('. ')[0])).toEqual([
        'The platform token has no permission to create tokens of databases',
        'The platform token has no permission to delete databases',
      ]);
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

  it(
    'adopt integer ids in a STRICT table, which outlast copies, moves and a rollout',
    async () => {
      const { url: apiUrl, organizationSlug, platformToken } = emulator;
      const platform = new TursoPlatformClient({ apiUrl, organizationSlug, platformToken, group: 'default' });
      const { url } = await platform.createDatabase({ name: 'club' });
      const { jwt } = await platform.createToken('club', 'full-access', 3_600);
      const driver = createTursoDriver({ url }, { authToken: jwt });
      await driver.connect();
      const times = 'created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
      await driver.execute(
        `CREATE TABLE member (id INTEGER PRIMARY KEY AUTOINCREMENT, ${times}, size INT) STRICT`,
      );
      await driver.execute(`INSERT INTO member VALUES (1, ${AT}, 3), (9007199254740993, ${AT}, NULL)`);
      await driver.disconnect();
      const member = { name: 'member', idType: 'integer', fields: { size: { type: 'number' } } };
      const release = (manifest: object, fields: object = {}) =>
        writeFile(
          join(cwd, 'club.json'),
          JSON.stringify({ manifest, objects: [{ ...member, fields: { ...member.fields, ...fields } }] }),
        );
      await release({ version: '1.0.0' });
      const club = (...args: string[]) => json(...args, '--bundle', 'club.json', '--organization', 'club');
      expect(await club('baseline', 'club', '--slug', 'club')).toMatchObject({ outcome: 'adopted' });
      await club('tenants', 'export', 'club', '--out', 'club.jsonl');
      await club('tenants', 'import', 'club.jsonl', '--slug', 'imported');
      await club('tenants', 'clone', 'club', '--slug', 'cloned', '--no-masking');
      const { id } = await club('tenants', 'backup', 'club');
      await club('data', 'insert', 'member', '{"size":4}', '--tenant', 'club');
      await club('tenants', 'restore', 'club', '--backup', String(id));
      await club('tenants', 'move', 'eu-west', 'cloned');
      await release({ version: '1.1.0' }, { note: { type: 'text' } });
      await club('fleet', 'release', 'r1');
      const { rolloutId } = await club('fleet', 'preflight', 'r1');
      expect(await club('fleet', 'rollout', String(rolloutId))).toMatchObject({ status: 'completed' });
      for (const tenant of ['club', 'imported', 'cloned']) {
        const { code, documents } = await runCommand(
          cwd,
          ['data', 'query', 'member', '--tenant', tenant, '--organization', 'club', '--json'],
          { variables: { TURSO_PLATFORM_TOKEN: platformToken } },
        );
        expect([code, documents()]).toEqual([
          0,
          [
            expect.objectContaining({ id: '1', size: 3, note: null }),
            expect.objectContaining({ id: '9007199254740993', size: null, note: null }),
          ],
        ]);
        const created = await club('data', 'insert', 'member', '{"size":4}', '--tenant', tenant);
        expect(created).toMatchObject({ id: '9007199254740994' });
      }
    },
    TIMEOUT_MS,
  );
});
