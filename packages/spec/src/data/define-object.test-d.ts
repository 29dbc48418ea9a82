import { describe, expectTypeOf, it } from 'vitest';
import { defineObject, type ObjectInput } from './define-object.js';
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
    defineObject({ name: 'a', fields: {}, indexes: [{ fields: ['b'], uniqe: true }] });
  });

  it('rejects a misspelled key of a validation rule', () => {
    defineObject({
      name: 'a',
      fields: {},
      // @ts-expect-error conditon
      validations: [{ type: 'script', name: 'r', message: 'm', condition: 'x', conditon: 'x' }],
    });
  });

  it('rejects a misspelled key inside stored-only metadata', () => {
    // @ts-expect-error precison
    defineObject({ name: 'a', fields: { b: { type: 'currency', currencyConfig: { precison: 2 } } } });
    // @ts-expect-error trackHistroy
    defineObject({ name: 'a', fields: {}, enable: { trackHistroy: true } });
    defineObject({
      name: 'a',
      fields: {},
      // @ts-expect-error traget
      stateMachines: { m: { id: 'm', initial: 'x', states: { x: { on: { GO: { traget: 'y' } } } } } },
    });
    const rule = { type: 'script', name: 'r', message: 'm', condition: 'x' } as const;
    const branch = <const T>(then: T) =>
      ({ type: 'conditional', name: 'c', message: 'm', when: 'x', then }) as const;
    defineObject({ name: 'a', fields: {}, validations: [branch(rule)] });
    // @ts-expect-error messge
    defineObject({ name: 'a', fields: {}, validations: [branch({ ...rule, messge: 'm' })] });
  });

  it('rejects a value that is not in an enum', () => {
    // @ts-expect-error cmyk
    defineObject({ name: 'a', fields: { b: { type: 'color', colorFormat: 'cmyk' } } });
    // @ts-expect-error public
    defineObject({ name: 'a', fields: {}, sharingModel: 'public' });
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
