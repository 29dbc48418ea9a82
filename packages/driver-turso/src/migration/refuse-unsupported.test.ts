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
const { name: _name, ...WITHOUT_NAME } = FIELDS;
const thing = (fields: Record<string, Record<string, unknown>>, rest = {}) => object('thing', fields, rest);

describe('refuseUnsupported', () => {
  it.each([
    ['remove_object', [TARGET], 'remove_object:thing'],
    ['remove_field', [TARGET, thing(WITHOUT_NAME)], 'remove_field:thing.name'],
    ['rename_object', [TARGET, object('other', FIELDS, { renamedFrom: 'thing' })], 'rename_object:other'],
    [
      'rename_field',
      [TARGET, thing({ ...WITHOUT_NAME, title: { type: 'text', renamedFrom: 'name' } })],
      'rename_field:thing.title',
    ],
    ['retype_field', [TARGET, thing({ ...FIELDS, name: { type: 'number' } })], 'change_field:thing.name'],
    ['retype_field', [TARGET, thing({ ...FIELDS, name: { type: 'date' } })], 'change_field:thing.name'],
    ['retype_field', [TARGET, thing({ ...FIELDS, name: { type: 'formula' } })], 'change_field:thing.name'],
    [
      'retype_field',
      [TARGET, thing({ ...FIELDS, name: { type: 'text', multiple: true } })],
      'change_field:thing.name',
    ],
    [
      'change_reference',
      [TARGET, thing({ ...FIELDS, link: { type: 'lookup', reference: 'thing' } })],
      'change_field:thing.link',
    ],
    [
      'change_reference',
      [TARGET, thing({ ...FIELDS, link: { ...FIELDS.link, required: true } })],
      'change_field:thing.link',
    ],
    [
      'change_reference',
      [TARGET, thing({ ...FIELDS, link: { ...FIELDS.link, deleteBehavior: 'cascade' } })],
      'change_field:thing.link',
    ],
    [
      'change_reference',
      [TARGET, thing(FIELDS), object('later', { a: { type: 'text' } })],
      'change_field:thing.loose',
    ],
    [
      'change_not_null',
      [TARGET, thing({ ...FIELDS, name: { type: 'text', storage: { notNull: true } } })],
      'change_field:thing.name',
    ],
    [
      'change_not_null',
      [TARGET, thing({ ...FIELDS, strict: { type: 'text' } })],
      'change_field:thing.strict',
    ],
    [
      'change_not_null',
      [TARGET, thing({ ...FIELDS, more: { type: 'text', storage: { notNull: true } } })],
      'add_field:thing.more',
    ],
    [
      'remove_index',
      [TARGET, thing({ ...FIELDS, code: { type: 'text' } })],
      /^remove_index:thing\._os_ix_thing_code_/,
    ],
    [
      'remove_index',
      [TARGET, thing({ ...FIELDS, code: { type: 'text', unique: true, caseSensitive: false } })],
      /^remove_index:thing\._os_ix_thing_code_/,
    ],
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
        subject: subject instanceof RegExp ? expect.stringMatching(subject) : subject,
        changes: expect.arrayContaining([expect.anything()]),
      },
    });
    expect(await sqliteSchemaDiff.introspect(driver)).toEqual(before);
    expect(await rows()).toBe(history);
  });

  it('names all changes at once', async () => {
    const { driver } = await freshDatabase([TARGET, thing(FIELDS)]);
    const after = thing({ ...WITHOUT_NAME, strict: { type: 'number' } });
    await expect(planFor(driver, [after])).rejects.toMatchObject({
      details: {
        changes: [
          'remove_object:target',
          'change_field:thing.link',
          'remove_field:thing.name',
          'change_field:thing.strict',
          expect.stringContaining('remove_index:thing._os_ix_thing_link'),
        ],
      },
    });
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
