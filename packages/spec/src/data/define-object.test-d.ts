import { describe, expectTypeOf, it } from 'vitest';
import { defineObject, type ObjectInput } from './define-object.js';
import type { Field } from './field.zod.js';
import type { SelectOption } from './field-option.zod.js';
import type { ObjectDefinition } from './object.zod.js';

declare const options: SelectOption[];

describe('defineObject', () => {
  it('preserves names as literal types, so that definitions can build on each other', () => {
    const account = defineObject({
      name: 'account',
      fields: { name: { type: 'text' }, stage: { type: 'select', options } },
      indexes: [{ fields: ['name', 'stage'] }],
      validations: [{ type: 'unique', name: 'one_name', message: 'Taken.', fields: ['name'] }],
    });
    expectTypeOf(account.name).toEqualTypeOf<'account'>();
    expectTypeOf<keyof typeof account.fields>().toEqualTypeOf<'name' | 'stage'>();
    const next = defineObject({ ...account, fields: { ...account.fields, code: { type: 'text' } } });
    expectTypeOf<keyof typeof next.fields>().toEqualTypeOf<'name' | 'stage' | 'code'>();
    expectTypeOf(next).toExtend<ObjectDefinition>();
  });

  it('rejects a misspelled key of the object', () => {
    // @ts-expect-error lable
    defineObject({ name: 'a', lable: 'A', fields: {} });
  });

  it('rejects a misspelled key of a field', () => {
    // @ts-expect-error requird
    defineObject({ name: 'a', fields: { b: { type: 'text', requird: true } } });
  });

  it('rejects a misspelled key of an option', () => {
    defineObject({
      name: 'a',
      // @ts-expect-error colr
      fields: { b: { type: 'select', options: [{ label: 'X', value: 'x', colr: 'red' }] } },
    });
  });

  it('rejects a misspelled key of the storage of a field', () => {
    // @ts-expect-error notNul
    defineObject({ name: 'a', fields: { b: { type: 'text', storage: { notNul: true } } } });
  });

  it('rejects a misspelled key of an index', () => {
    // @ts-expect-error uniqe
    defineObject({ name: 'a', fields: { b: { type: 'text' } }, indexes: [{ fields: ['b'], uniqe: true }] });
  });

  it('rejects a misspelled key of a validation rule', () => {
    defineObject({
      name: 'a',
      fields: {},
      // @ts-expect-error conditon
      validations: [{ type: 'script', name: 'r', message: 'm', condition: 'x', conditon: 'x' }],
    });
  });

  it('accepts stored-only values of any shape', () => {
    defineObject({ name: 'a', fields: { b: { type: 'currency', currencyConfig: { symbol: '$' } } } });
    defineObject({ name: 'a', fields: {}, enable: ['history'] });
    defineObject({
      name: 'a',
      fields: {},
      stateMachines: { m: { id: 'm', initial: 'x', states: { x: { on: { GO: { later: 'y' } } } } } },
    });
    const rule = { type: 'script', name: 'r', message: 'm', condition: 'x' } as const;
    const branch = <const T>(then: T) =>
      ({ type: 'conditional', name: 'c', message: 'm', when: 'x', then }) as const;
    defineObject({ name: 'a', fields: {}, validations: [branch(rule)] });
    defineObject({ name: 'a', fields: {}, validations: [branch({ ...rule, later: 'm' })] });
  });

  it('accepts a stored-only value that is not in the enum of known values', () => {
    defineObject({ name: 'a', fields: { b: { type: 'color', colorFormat: 'cmyk' } } });
    defineObject({ name: 'a', fields: {}, sharingModel: 'public' });
  });

  it('rejects an interpreted value that is not in its enum', () => {
    // @ts-expect-error ignore
    defineObject({ name: 'a', fields: { b: { type: 'lookup', reference: 'a', deleteBehavior: 'ignore' } } });
  });

  it('rejects a lookup without reference, a choice without options, and set_null on a required lookup', () => {
    // @ts-expect-error reference
    defineObject({ name: 'a', fields: { b: { type: 'lookup' } } });
    // @ts-expect-error options
    defineObject({ name: 'a', fields: { b: { type: 'radio' } } });
    defineObject({
      name: 'a',
      // @ts-expect-error set_null
      fields: { b: { type: 'lookup', reference: 'a', required: true, deleteBehavior: 'set_null' } },
    });
    defineObject({
      name: 'a',
      fields: {
        b: { type: 'select', options: [] },
        c: { type: 'tree' },
        d: { type: 'user' },
        e: { type: 'lookup', reference: 'a', deleteBehavior: 'set_null' },
      },
    });
  });

  it('rejects unknown fields in indexes, unique rules, displayNameField and summaries of the object', () => {
    // @ts-expect-error c
    defineObject({ name: 'a', fields: { b: { type: 'text' } }, indexes: [{ fields: ['b', 'c'] }] });
    // @ts-expect-error c
    defineObject({ name: 'a', fields: { b: { type: 'text' } }, displayNameField: 'c' });
    defineObject({
      name: 'a',
      fields: { b: { type: 'text' } },
      // @ts-expect-error c
      validations: [{ type: 'unique', name: 'u', message: 'm', fields: ['c'] }],
    });
    const total = {
      type: 'summary',
      summaryOperations: { object: 'a', field: 'c', function: 'sum' },
    } as const;
    // @ts-expect-error c
    defineObject({ name: 'a', fields: { total } });
    const other = {
      type: 'summary',
      summaryOperations: { object: 'b', field: 'c', function: 'sum' },
    } as const;
    defineObject({ name: 'a', fields: { other }, indexes: [{ fields: ['created_at'] }] });
  });

  it('accepts fields and names that are not known to the compiler', () => {
    const fields: Record<string, Field> = {};
    const name: string = 'b';
    defineObject({ name: 'a', fields, indexes: [{ fields: ['b'] }], displayNameField: 'b' });
    defineObject({ name: 'a', fields: { b: { type: 'text' } }, indexes: [{ fields: [name] }] });
    const input: ObjectInput = { name: 'a', fields: { b: { type: 'lookup' } } };
    expectTypeOf(defineObject(input)).toExtend<ObjectDefinition>();
    expectTypeOf(defineObject({} as ObjectDefinition)).toExtend<ObjectDefinition>();
  });

  it('rejects an unknown field type and a missing name', () => {
    // @ts-expect-error string
    defineObject({ name: 'a', fields: { b: { type: 'string' } } });
    // @ts-expect-error the name is missing
    defineObject({ fields: {} });
  });
});

describe('ObjectInput', () => {
  it('is an object definition', () => {
    expectTypeOf<ObjectInput>().toExtend<ObjectDefinition>();
  });
});
