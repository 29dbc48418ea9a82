import { describe, expect, it } from 'vitest';
import { assignAutonumbers } from './assign-autonumbers.js';
import { objectModel, type StoredRow } from './object-model.js';

const definition = { name: 'ticket', fields: { no: { type: 'autonumber', format: 'T-{00}' } } } as const;

/** Numbers the rows one after another and returns their texts. */
function numbered(...rows: { given: string | null; isChange?: boolean }[]): unknown[] {
  const model = { ...objectModel(definition), counters: new Map<string, number>() };
  return rows.map(({ given, isChange }) => {
    const row: StoredRow = { id: 'r', created_at: '2026-01-31T12:00:00.000Z', no: given };
    assignAutonumbers(model, row, isChange ? row : undefined);
    return row.no;
  });
}

describe('assignAutonumbers', () => {
  it('gives new rows consecutive numbers', () => {
    expect(numbered({ given: null }, { given: null })).toEqual(['T-01', 'T-02']);
  });

  it('continues after a number that is given, and not before it', () => {
    expect(numbered({ given: 'T-07' }, { given: 'T-02' }, { given: null })).toEqual(['T-07', 'T-02', 'T-08']);
  });

  it('gives no number to a changed row without one', () => {
    expect(numbered({ given: null, isChange: true }, { given: null })).toEqual([null, 'T-01']);
  });
});
