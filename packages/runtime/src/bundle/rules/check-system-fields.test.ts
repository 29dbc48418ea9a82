import { describe, expect, it } from 'vitest';
import { findingsOfObject } from '../../../test/bundle-findings.js';
import { checkBundle } from '../validate-bundle.js';

describe('checkSystemFields', () => {
  it.each([
    { name: 'id', field: { type: 'text' }, finding: 'info system_field' },
    { name: 'id', field: { type: 'autonumber' }, finding: 'info system_field' },
    { name: 'id', field: { type: 'number' }, finding: 'error reserved_name' },
    { name: 'created_at', field: { type: 'datetime', label: 'Created' }, finding: 'info system_field' },
    { name: 'created_at', field: { type: 'datetime', multiple: true }, finding: 'error reserved_name' },
    { name: 'updated_at', field: { type: 'date' }, finding: 'error reserved_name' },
  ])('reports $finding for $name as $field', ({ name, field, finding }) => {
    expect(findingsOfObject({ fields: { [name]: field } })).toEqual([`${finding} /objects/0/fields/${name}`]);
  });
});

describe('dropSystemFields', () => {
  it('moves what is declared for them besides the type', () => {
    const created = { type: 'datetime', label: 'Opened', group: 'audit', unique: true, x: [1] };
    const updated = { type: 'datetime', description: 'Last change' };
    const fields = { id: { type: 'text' }, name: { type: 'text' }, created_at: created, updated_at: updated };
    const { bundle } = checkBundle({
      manifest: { version: '1.0.0' },
      objects: [{ name: 'account', fields, systemFieldDeclarations: { id: { label: 'Key' } } }],
    });
    const systemFieldDeclarations = { id: { label: 'Key' }, created_at: created, updated_at: updated };
    expect(bundle?.objects).toEqual([
      { name: 'account', fields: { name: { type: 'text' } }, systemFieldDeclarations },
    ]);
    expect(checkBundle(bundle).bundle).toEqual(bundle);
  });

  it('removes system fields from the bundle', () => {
    const fields = { id: { type: 'text' }, name: { type: 'text' }, updated_at: { type: 'datetime' } };
    const { bundle } = checkBundle({
      manifest: { version: '1.0.0' },
      objects: [{ name: 'account', fields }],
    });
    expect(bundle?.objects[0]?.fields).toEqual({ name: { type: 'text' } });
  });
});
