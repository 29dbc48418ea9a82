import { describe, expect, it } from 'vitest';
import { mergeProperties } from './merge-properties.js';

const base = { label: 'A', columns: ['a'], sort: 'x' };

describe('mergeProperties', () => {
  it('takes what only one side changed, removed or added', () => {
    const next = { label: 'A', columns: ['a', 'b'], added: 1 };
    const tenant = { label: 'Mine', columns: ['a'], sort: 'x', own: true };
    expect(mergeProperties({ base, next, tenant }, 'keep_tenant')).toEqual({
      merged: { label: 'Mine', columns: ['a', 'b'], added: 1, own: true },
      conflicts: [],
    });
  });

  it.each([
    ['keep_tenant', 'Mine'],
    ['take_app', 'B'],
  ] as const)('decides a property that both changed: %s', (decision, label) => {
    const merge = mergeProperties(
      { base, next: { ...base, label: 'B' }, tenant: { ...base, label: 'Mine' } },
      decision,
    );
    expect(merge).toEqual({ merged: { ...base, label }, conflicts: ['label'] });
  });

  it('has no conflict where both made the same change', () => {
    const changed = { ...base, label: 'B' };
    expect(mergeProperties({ base, next: changed, tenant: changed }, 'take_app').conflicts).toEqual([]);
  });
});
