import { randomFrom } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, freshDatabase, object } from '../../test/database.js';
import { randomChange } from '../../test/random-changes.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { desiredSchema } from './desired-schema.js';

describe('desiredSchema', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('equals the schema of a new database (seed %i)', async (seed) => {
    const { before } = randomChange(randomFrom(seed));
    const { driver } = await freshDatabase(before);
    const {
      schemaVersion: _version,
      deploymentId: _id,
      planHash: _hash,
      ...live
    } = await createSqliteSchemaDiff().introspect(driver);
    expect(desiredSchema({ objects: before })).toMatchObject(live);
  });

  it('contains components with their owners', async () => {
    const account = object('account', { name: { type: 'text' } });
    const components = [
      { kind: 'view' as const, name: 'all', definition: { name: 'all', label: 'All' } },
      { kind: 'flow' as const, name: 'z', definition: { name: 'z' } },
    ];
    const { driver } = await freshDatabase();
    await deploy(driver, [account], { components, owner: 'crm' });
    const { schemaHash } = await createSqliteSchemaDiff().introspect(driver);
    expect(desiredSchema({ objects: [account], components, owner: 'crm' }).schemaHash).toBe(schemaHash);
  });
});
