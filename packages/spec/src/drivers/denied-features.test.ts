import { describe, expect, it } from 'vitest';
import { DeniedFeatures } from './denied-features.js';

const driver = new DeniedFeatures();
const schema = { object: 'a', definition: { name: 'a', fields: {} } };

describe('DeniedFeatures', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['transactions', () => driver.beginTransaction()],
    ['transactions', () => driver.commit({ id: 't' })],
    ['bulkCreate', () => driver.bulkCreate('a', [])],
    ['bulkUpdate', () => driver.bulkUpdate('a', [])],
    ['bulkDelete', () => driver.bulkDelete('a', [])],
    ['streaming', () => driver.findStream('a')[Symbol.asyncIterator]().next()],
    ['rawSql', () => driver.execute('SELECT 1')],
    ['migrations', () => driver.executeAtomic([])],
    ['schemaSync', () => driver.syncSchema('a', schema.definition)],
    ['batchSchemaSync', () => driver.syncSchemasBatch([schema])],
  ])('rejects calls that need %s', async (feature, call) => {
    await expect(call()).rejects.toMatchObject({ code: 'not_supported', details: { feature } });
  });

  it('has no transaction to roll back', async () => {
    expect(await driver.rollback({ id: 't' })).toBeUndefined();
  });
});
