import { describe, expect, it } from 'vitest';
import { freshDatabase, object, planFor, stranger } from '../../test/database.js';
import { sqliteSchemaDiff } from './schema-diff-service.js';

const TARGET = object('target', { name: { type: 'text' } });
const FIELDS = {
  name: { type: 'text' },
  code: { type: 'text', unique: true },
  link: { type: 'lookup', reference: 'target' },
  loose: { type: 'lookup', reference: 'later' },
  strict: { type: 'text', storage: { notNull: true } },
};
const thing = (fields: Record<string, Record<string, unknown>>, rest = {}) => object('thing', fields, rest);

describe('refuseUnsupported', () => {
  it.each([
    [
      'partial_index',
      [TARGET, thing(FIELDS, { indexes: [{ fields: ['name'], partial: 'name IS NOT NULL' }] })],
      'thing',
    ],
  ])('refuses %s, names the change and changes nothing', async (feature, after, subject) => {
    const { driver, path } = await freshDatabase([TARGET, thing(FIELDS)]);
    const before = await sqliteSchemaDiff.introspect(driver);
    const client = stranger(path);
    const rows = async () => (await client.execute('SELECT * FROM _os_deployment')).rows.length;
    const history = await rows();
    await expect(planFor(driver, after)).rejects.toMatchObject({
      code: 'not_supported',
      details: {
        feature,
        subject,
        changes: expect.arrayContaining([expect.anything()]),
      },
    });
    expect(await sqliteSchemaDiff.introspect(driver)).toEqual(before);
    expect(await rows()).toBe(history);
  });

  it.each(['postgresql', 'mysql', 'mssql', 'oracle', 'mariadb'] as const)(
    'makes no plan for %s',
    async (dialect) => {
      const { driver } = await freshDatabase();
      const changes = sqliteSchemaDiff.diff(await sqliteSchemaDiff.introspect(driver), [TARGET]);
      expect(() => sqliteSchemaDiff.generateMigrations(changes, dialect)).toThrow(
        expect.objectContaining({
          code: 'not_supported',
          details: expect.objectContaining({ feature: 'dialect' }),
        }),
      );
    },
  );
});
