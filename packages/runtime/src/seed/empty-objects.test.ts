import { describe, expect, it } from 'vitest';
import { deploy, openTenant, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { emptyObjects } from './empty-objects.js';
import { sqlIn } from './run-sql.js';

const text = { type: 'text' } as const;
const objects = ['one', 'other'].map((name) => objectOf(name, { name: text }));
const seedOf = (object: string, ...names: string[]) => ({
  object,
  records: names.map((name) => ({ name })),
});

describe('emptyObjects', () => {
  it('are those without records, as long as no client adds a trigger', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects }));
    const { driver } = tenant;
    const sql = sqlIn(driver);
    expect(await emptyObjects(sql, ['one', 'other', 'one'])).toEqual(new Set(['one', 'other']));
    await driver.create('one', { name: 'a' });
    expect(await emptyObjects(sql, ['one', 'other'])).toEqual(new Set(['other']));
    await driver.execute(
      `CREATE TRIGGER copies AFTER INSERT ON one BEGIN INSERT INTO other (id, created_at, updated_at, name) VALUES (NEW.id, NEW.created_at, NEW.updated_at, NEW.name); END`,
    );
    expect(await emptyObjects(sql, ['one', 'other'])).toEqual(new Set());
  });
});

describe('seed data of several sets of an object', () => {
  it('is noted once for each record, whether the object had records before or not', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects }));
    const { driver } = tenant;
    await driver.create('other', { name: 'Own' });
    const seedData = [
      seedOf('one', 'a', 'b'),
      seedOf('other', 'x', 'y'),
      // Reads which records seeds created, between records that it creates.
      { ...seedOf('one', 'c', 'a', 'e'), mode: 'upsert' as const },
      seedOf('one', 'd'),
    ];
    const { seeds } = await deploy(tenant, bundleOf({ objects, seedData }, '2.0.0'));
    expect(seeds.map(({ object, inserted, updated }) => [object, inserted, updated])).toEqual([
      ['one', 2, 0],
      ['other', 2, 0],
      ['one', 2, 1],
      ['one', 1, 0],
    ]);
    expect(Object.keys(await recordsBy(driver, 'one', 'name', ['name'])).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    const noted = async (object: string) => {
      const { rows } = await driver.execute(
        `SELECT o.name, r.updated_at = o.updated_at AS is_current FROM _os_seed_record AS r
        JOIN ${object} AS o ON o.id = r.record AND o.created_at = r.created_at WHERE r.object = ? ORDER BY o.name`,
        [object],
      );
      return rows.map(({ name, is_current }) => [name, is_current]);
    };
    expect(await noted('one')).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => [name, 1]));
    expect(await noted('other')).toEqual(['x', 'y'].map((name) => [name, 1]));
  });
});

describe('a seed record that occurs twice in a set', () => {
  it.each([0, 1])('is no edit of a user, if the object had %i records before', async (before) => {
    const tenant = await openTenant();
    const plan = [objectOf('plan', { name: text, note: text })];
    await deploy(tenant, bundleOf({ objects: plan }));
    for (let index = 0; index < before; index++) await tenant.driver.create('plan', { name: 'own' });
    const records = ['first', 'second'].map((note) => ({ name: 'a', note }));
    const seedData = [{ object: 'plan', mode: 'upsert' as const, preserveEdits: true, records }];
    const { seeds } = await deploy(tenant, bundleOf({ objects: plan, seedData }, '2.0.0'));
    expect(seeds).toMatchObject([{ inserted: 1, updated: 1, unchanged: 0 }]);
    const { rows } = await tenant.driver.execute(
      `SELECT o.note, r.updated_at = o.updated_at AS is_current FROM _os_seed_record AS r JOIN plan AS o ON o.id = r.record`,
    );
    expect(rows).toEqual([{ note: 'second', is_current: 1 }]);
  });
});

describe('noteAllRecords', () => {
  it('needs no name of the row id, which a field may have', async () => {
    const tenant = await openTenant();
    const hidden = [objectOf('hidden', { name: text, rowid: text })];
    const seedData = [{ object: 'hidden', records: ['a', 'b'].map((name) => ({ name, rowid: 'same' })) }];
    const result = await deploy(tenant, bundleOf({ objects: hidden, seedData }));
    expect(result).toMatchObject({ status: 'ready', seeds: [{ inserted: 2, failed: 0 }] });
    const { rows } = await tenant.driver.execute('SELECT count(DISTINCT id) AS n FROM _os_seed_record');
    expect(rows).toEqual([{ n: 2 }]);
  });
});
