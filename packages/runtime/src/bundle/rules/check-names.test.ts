import { describe, expect, it } from 'vitest';
import { findingsOf, findingsOfObject } from '../../../test/bundle-findings.js';

const flow = { type: 'api', nodes: [], edges: [] };

describe('checkNames', () => {
  it.each([
    { collection: 'objects', rest: { fields: {} } },
    { collection: 'views', rest: {} },
    { collection: 'flows', rest: flow },
    { collection: 'permissions', rest: { objects: {} } },
  ])(
    'requires names of $collection to be unique and without the namespace separator',
    ({ collection, rest }) => {
      const named = (...names: string[]) =>
        findingsOf({ [collection]: names.map((name) => ({ name, ...rest })) });
      expect(named('a', 'b')).toEqual([]);
      expect(named('a', 'b', 'a')).toEqual([`error duplicate_name /${collection}/2/name`]);
      expect(named('crm__a')).toEqual([`error reserved_name /${collection}/0/name`]);
    },
  );

  it('requires names of fields to be without the namespace separator', () => {
    const findings = findingsOfObject({ fields: { crm__rating: { type: 'text' }, a_b: { type: 'text' } } });
    expect(findings).toEqual(['error reserved_name /objects/0/fields/crm__rating']);
  });

  it.each(['json_each', 'pragma_table_info'])('rejects the object name %s, which SQLite reserves', (name) => {
    const findings = findingsOf({ objects: [{ name, fields: {} }], flows: [{ name, ...flow }] });
    expect(findings).toEqual(['error reserved_name /objects/0/name']);
  });

  it('accepts the same name for components of different kinds', () => {
    expect(findingsOf({ objects: [{ name: 'a', fields: {} }], flows: [{ name: 'a', ...flow }] })).toEqual([]);
  });
});
