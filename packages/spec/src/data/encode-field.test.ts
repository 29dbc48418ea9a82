import { describe, expect, it } from 'vitest';
import { encodeField } from './encode-field.js';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';

describe('encodeField', () => {
  it.each<[Field, unknown, string | null]>([
    [{ type: 'datetime', multiple: true }, ['2026-01-31T14:00+01:00'], '["2026-01-31T13:00:00.000Z"]'],
    [{ type: 'datetime', multiple: true }, [new Date('2026-01-31T13:00Z')], '["2026-01-31T13:00:00.000Z"]'],
    [{ type: 'time', multiple: true }, ['09:30', '10:00:05'], '["09:30:00","10:00:05"]'],
    [{ type: 'date', multiple: true }, ['2026-01-31'], '["2026-01-31"]'],
    [{ type: 'number', multiple: true }, [1, 0.5], '[1,0.5]'],
    [{ type: 'boolean', multiple: true }, [true, false], '[true,false]'],
    [{ type: 'datetime', multiple: true }, ['today', null], '["today",null]'],
    [{ type: 'datetime', multiple: true }, null, null],
    [{ type: 'datetime' }, '2026-01-31T14:00+01:00', '2026-01-31T13:00:00.000Z'],
    [{ type: 'json' }, ['09:30'], '["09:30"]'],
  ])('encodes for the field %j the value %j as %j', (field, value, stored) => {
    expect(encodeField(fieldValueModel(field), value)).toEqual({ value: stored });
  });

  it.each<Field>([
    { type: 'time', multiple: true },
    { type: 'image', multiple: true },
  ])('rejects a missing item in a list %j', (field) => {
    expect(encodeField(fieldValueModel(field), Array(1))).toEqual({ rule: 'type' });
  });
});
