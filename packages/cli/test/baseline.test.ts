import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { type BaselineResult, BaselineResultSchema } from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const SYSTEM = 'id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const AT = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const SHOP = [
  `CREATE TABLE customer (${SYSTEM}, email TEXT NOT NULL, score REAL)`,
  `CREATE TABLE purchase (${SYSTEM}, total REAL,
     customer TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)`,
  `INSERT INTO customer VALUES ('c1', ${AT}, 'ada@example.com', 4.5)`,
  `INSERT INTO purchase VALUES ('p1', ${AT}, 10, 'c1')`,
];

let root: string;
let home: string;
const text = (...args: string[]) => runCommand(home, args);
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await text(...args, '--json');
  return { code, stderr, document: stdout === '' ? null : JSON.parse(stdout) };
};
const baseline = async (...args: string[]): Promise<BaselineResult & { code: number }> => {
  const { code, document } = await json('baseline', ...args);
  return { code, ...BaselineResultSchema.parse(document) };
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'objectstack-'));
  home = join(root, 'shop');
  const driver = createTursoDriver({ url: `file:${join(root, 'shop.db')}` });
  await driver.connect();
  for (const sql of SHOP) await driver.execute(sql);
  await driver.disconnect();
  expect(await runCommand(root, ['pull', 'shop.db', 'shop'])).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('baseline', () => {
  it('only checks with --check, and leaves no database', async () => {
    const checked = await baseline('../shop.db', '--check');
    expect(checked).toMatchObject({ code: 0, outcome: 'adoptable', tenantId: null });
    expect(checked.findings.map(({ code }) => code)).toEqual(['index_created']);
    expect((await json('tenants', 'list')).document.items).toEqual([]);
    expect((await text('baseline', '../shop.db', '--check')).stdout).toContain('can be adopted');
  });

  it('refuses a database that differs, with the place and the next step', async () => {
    const path = join(home, 'objects/customer.yaml');
    const before = await readFile(path, 'utf8');
    await appendFile(path, '  phone:\n    type: text\n');
    const refused = await baseline('../shop.db');
    expect(refused).toMatchObject({ code: 3, outcome: 'refused', tenantId: null });
    const { code, stdout } = await text('baseline', '../shop.db');
    expect([code, stdout]).toEqual([3, expect.stringContaining('customer.phone')]);
    expect(stdout).toMatch(/Next: .*objectstack data import customer/);
    await writeFile(path, before);
  });

  it('adopts a copy once, in which the bundle is deployed', async () => {
    const original = await readFile(join(root, 'shop.db'));
    const adopted = await baseline('../shop.db', '--slug', 'shop');
    expect(adopted).toMatchObject({ code: 0, outcome: 'adopted' });
    expect(await baseline('../shop.db', '--slug', 'shop')).toMatchObject({
      code: 0,
      outcome: 'already_adopted',
      tenantId: adopted.tenantId,
      deploymentId: adopted.deploymentId,
    });
    expect((await readFile(join(root, 'shop.db'))).equals(original)).toBe(true);
    expect((await json('data', 'query', 'customer')).document).toMatchObject({
      id: 'c1',
      created_at: '2024-01-01T00:00:00.000Z',
      email: 'ada@example.com',
      score: 4.5,
    });
    expect((await json('history')).document.items).toMatchObject([
      { id: adopted.deploymentId, status: 'ready' },
    ]);
    expect((await json('drift')).document.drift).toEqual([]);
  });

  it('leaves nothing to deploy, and later versions are migrations that can be rolled back', async () => {
    const { document } = await json('plan');
    expect([document.statements, document.diff.objects]).toEqual([[], []]);
    expect((await json('deploy', '--yes')).document).toMatchObject({ outcome: 'unchanged' });
    await appendFile(join(home, 'objects/customer.yaml'), '  phone:\n    type: text\n');
    const manifest = join(home, 'manifest.yaml');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('1.0.0', '1.1.0'));
    expect((await json('deploy', '--yes')).document).toMatchObject({ status: 'ready', outcome: 'applied' });
    expect((await json('data', 'insert', 'customer', '{"email":"b@example.com","phone":"1"}')).code).toBe(0);
    expect((await json('rollback', '--yes')).code).toBe(0);
    const refused = await text('rollback', '--yes');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('adopted the database')]);
  });

  it('names a file that does not exist', async () => {
    expect(await text('baseline', './none.db')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('none.db'),
    });
  });
});
