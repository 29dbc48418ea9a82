import { describe, expect, it } from 'vitest';
import { objectModel, type StoredRow } from './object-model.js';
import { type ModelWithRows, referringRows } from './referring-rows.js';

function objectWith(deleteBehavior: 'cascade' | 'restrict' | 'set_null'): ModelWithRows {
  const fields = { account: { type: 'lookup', reference: 'account', deleteBehavior } } as const;
  const rows: StoredRow[] = [
    { id: 'one', account: 'a1' },
    { id: 'two', account: 'a2' },
    { id: 'none', account: null },
  ];
  const model = objectModel({ name: `with_${deleteBehavior}`, fields });
  return { ...model, rows: new Map(rows.map((row) => [String(row.id), row])) };
}
const referring = (model: ModelWithRows, id: string) => [...referringRows([model], { name: 'account' }, id)];

describe('referringRows', () => {
  it('returns rows to delete, and rows without their lookup', () => {
    const [cascading, clearing] = [objectWith('cascade'), objectWith('set_null')];
    const one = { id: 'one', account: 'a1' };
    expect(referring(cascading, 'a1')).toEqual([{ model: cascading, row: one, cleared: undefined }]);
    const cleared = { id: 'one', account: null };
    expect(referring(clearing, 'a1')).toEqual([{ model: clearing, row: one, cleared }]);
  });

  it('throws for a lookup that restricts the deletion, and names it', () => {
    const details = { object: 'account', referredBy: { object: 'with_restrict', field: 'account' } };
    const rejected = expect.objectContaining({ code: 'foreign_key_violation', details });
    expect(() => referring(objectWith('restrict'), 'a1')).toThrow(rejected);
    expect(referring(objectWith('restrict'), 'a3')).toEqual([]);
  });
});
