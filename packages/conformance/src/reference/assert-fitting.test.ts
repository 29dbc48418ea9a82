import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { assertFitting } from './assert-fitting.js';

const account = (size: object): ObjectDefinition =>
  ObjectDefinitionSchema.parse({ name: 'account', fields: { size: { type: 'number', ...size } } });

describe('assertFitting', () => {
  it.each([{ defaultValue: 'one' }, { backfill: 'one' }])('rejects %j of a number', (size) => {
    const code = { code: 'invalid_request' };
    expect(() => assertFitting(account(size), undefined)).toThrow(expect.objectContaining(code));
    expect(() => assertFitting(account(size), account({}))).toThrow(expect.objectContaining(code));
  });

  it('accepts values that fit, and a field that is deployed with the same definition', () => {
    expect(() => assertFitting(account({ defaultValue: 1, backfill: 0 }), undefined)).not.toThrow();
    const deployed = account({ defaultValue: 'one' });
    expect(() => assertFitting(structuredClone(deployed), deployed)).not.toThrow();
  });
});
