import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const name: Field = { type: 'text', unique: true };
const lookup = (rest: Partial<Field> = {}): Field => ({ type: 'lookup', reference: 'plan', ...rest });
const plan = objectOf('plan', { name, parent: { type: 'tree' } });
/** An object of the same tenant whose records may have the same ids. */
const other = objectOf('other', { name });
const holder = objectOf('holder', {
  size: { type: 'number' },
  label: { type: 'text' },
  codes: { type: 'tags' },
  extra: { type: 'json' },
  other: lookup({ reference: 'other' }),
  others: lookup({ reference: 'other', multiple: true }),
  outside: lookup({ reference: 'elsewhere' }),
  one: lookup(),
  many: lookup({ multiple: true }),
  master: { type: 'master_detail', reference: 'plan' },
});
const OBJECTS = [plan, other, holder];
const ALLOW = { allow: ['replace_records:plan'] };
/** Id of a record that is a number as well. */
const ID = '7';

const replace = (...records: Record<string, unknown>[]): SeedDatasetInput => ({
  object: 'plan',
  mode: 'replace',
  records,
});

/** A tenant in which a seed has removed the plan `own`, and the next one created another with its unique name. */
async function withCreated(since: (driver: Tenant['driver']) => Promise<unknown>) {
  const tenant = await openTenant();
  await deploy(tenant, bundleOf({ objects: OBJECTS }));
  await tenant.driver.create('plan', { id: 'own', name: 'own' });
  await tenant.driver.create('other', { id: ID, name: 'other' });
  const seedData = [replace({ name: 'free' }), replace({ id: ID, name: 'own' })];
  const { deploymentId } = await deploy(tenant, bundleOf({ objects: OBJECTS, seedData }, '2.0.0'), ALLOW);
  await since(tenant.driver);
  await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
  expect((await tenant.driver.execute('SELECT * FROM pragma_foreign_key_check')).rows).toEqual([]);
  return (await tenant.driver.find('plan', { where: { name: 'own' } })).map(({ id }) => id);
}

type Tenant = Awaited<ReturnType<typeof openTenant>>;
type Case = [what: string, since: (driver: Tenant['driver']) => Promise<unknown>];

const held = (record: Record<string, unknown>) => (driver: Tenant['driver']) =>
  driver.create('holder', record);
const unmanaged =
  (table: string, ...rows: string[]) =>
  async (driver: Tenant['driver']) => {
    await driver.execute(`CREATE TABLE theirs (id TEXT PRIMARY KEY, ${table})`);
    for (const row of rows) await driver.execute(`INSERT INTO theirs VALUES ('t', ${row})`);
  };

describe('a rollback of seeds that created a record', () => {
  it.each<Case>([
    ['a number', held({ size: 7 })],
    ['a text', held({ label: ID })],
    ['tags', held({ codes: [ID] })],
    ['a JSON value', held({ extra: { plans: [ID] } })],
    ['a lookup to another object', held({ other: ID })],
    ['a list of lookups to another object', held({ others: [ID] })],
    ['a lookup to an object outside of the tenant', held({ outside: ID })],
    ['a list of lookups of which one merely contains it', held({ many: ['17', '70'] })],
    ['an unmanaged column without a foreign key', unmanaged('plan TEXT, size INTEGER', `'${ID}', 7`)],
    ['an unmanaged foreign key to another object', unmanaged('plan REFERENCES other(id)', `'${ID}'`)],
  ])('replaces it by the removed one although its id is the value of %s', async (_what, since) => {
    expect(await withCreated(since)).toEqual(['own']);
  });

  it.each<Case>([
    ['a lookup', held({ one: ID })],
    ['a list of lookups', held({ many: ['x', ID] })],
    ['a master-detail field', held({ master: ID })],
    ['a tree', (driver) => driver.create('plan', { name: 'child', parent: ID })],
    ['an unmanaged foreign key', unmanaged('plan TEXT REFERENCES plan(id)', `'${ID}'`)],
    ['an unmanaged foreign key without a column', unmanaged('plan TEXT REFERENCES plan', `'${ID}'`)],
    [
      'an unmanaged foreign key of several columns',
      async (driver) => {
        await driver.execute('CREATE UNIQUE INDEX both ON plan (id, name)');
        await unmanaged(
          'plan TEXT, name TEXT, FOREIGN KEY (plan, name) REFERENCES plan(id, name)',
          `'${ID}', 'own'`,
        )(driver);
      },
    ],
  ])('keeps it while it is referred to by %s', async (_what, since) => {
    expect(await withCreated(since)).toEqual([ID]);
  });

  it('replaces it beside a list of lookups that contains no JSON', async () => {
    const since: Case[1] = async (driver) => {
      await driver.create('holder', { id: 'h', many: ['x'] });
      await driver.execute(`UPDATE holder SET many = 'no list'`);
    };
    expect(await withCreated(since)).toEqual(['own']);
  });
});
