import { describe, expect, it } from 'vitest';
import { checkNewRecord } from './check-record.js';
import { expectedValue } from './expected-value.js';
import type { Field } from './field.zod.js';
import { valueModelOf } from './field-value.js';
import { operatorsOf } from './operators-of.js';
import { idFieldOf, SYSTEM_FIELDS } from './system-fields.js';

const OWNER = { name: 'ticket', idType: 'integer' } as const;
const idTypeOf = (object: string) => (object === 'ticket' ? ('integer' as const) : undefined);
const FIELDS: Record<string, Field> = {
  id: idFieldOf(OWNER),
  parent: { type: 'tree' },
  all: { type: 'lookup', reference: 'ticket', multiple: true },
  other: { type: 'lookup', reference: 'account' },
  name: { type: 'text' },
  created_at: SYSTEM_FIELDS.created_at,
  updated_at: SYSTEM_FIELDS.updated_at,
};
const models = new Map(
  Object.entries(FIELDS).map((entry) => [entry[0], valueModelOf(entry, OWNER, idTypeOf)]),
);
const write = { now: '2024-01-01T00:00:00.000Z', id: null };

describe('valueModelOf', () => {
  it('stores ids and references as the ids of their object are', () => {
    const encodings = [...models].map(([name, { storage, itemEncoding }]) => [
      name,
      storage.encoding,
      itemEncoding,
    ]);
    expect(encodings.slice(0, 5)).toEqual([
      ['id', 'integer_id', 'integer_id'],
      ['parent', 'integer_id', 'integer_id'],
      ['all', 'json', 'integer_id'],
      ['other', 'text', 'text'],
      ['name', 'text', 'text'],
    ]);
    const parent = models.get('parent');
    expect(parent && expectedValue(parent)).toBe('an integer id in decimal notation, such as "42"');
    expect(parent && operatorsOf(parent).has('$contains')).toBe(true);
    expect(valueModelOf(['id', SYSTEM_FIELDS.id], { name: 'account' }, idTypeOf).storage.encoding).toBe(
      'text',
    );
  });

  it('lets the database assign the id of a new record', () => {
    const { values, violations } = checkNewRecord(models, { parent: '5', all: ['7'], other: 'x' }, write);
    expect(violations).toEqual([]);
    expect([values.get('id'), values.get('parent'), values.get('all')]).toEqual([null, '5', '["7"]']);
    expect(checkNewRecord(models, { id: '9' }, write).values.get('id')).toBe('9');
  });

  it('rejects other notations', () => {
    const { violations } = checkNewRecord(models, { id: '05', parent: 'x', all: ['05'] }, write);
    expect(violations).toEqual([
      { field: 'id', rule: 'format' },
      { field: 'parent', rule: 'format' },
      { field: 'all', rule: 'type' },
    ]);
  });
});
