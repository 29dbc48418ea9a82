import { storageOf } from '@objectstack/spec/data';
import type { DeployDiff } from '@objectstack/spec/system';
import { expect } from 'vitest';
import { conversionOf } from '../src/migration/diff/conversions/conversion-of.js';
import type { Rows } from './table-rows.js';

type FieldChange = DeployDiff['fields'][number];

/** Whether the values of a field stay what they are in the database. */
function staysAsItIs({ before, after }: FieldChange): boolean {
  return before !== undefined && after !== undefined && conversionOf(before, after) === null;
}

/** By the name of each column before, its name after; null where its values become others. */
function columnNames(diff: DeployDiff, object: string): Map<string, string | null> {
  return new Map(
    diff.fields.flatMap((change): [string, string | null][] => {
      const { field, former = field, before } = change;
      if (change.object !== object || !before || storageOf(before).column === null) return [];
      return [[former, staysAsItIs(change) ? field : null]];
    }),
  );
}

/** Every record under the new name of its object, with its row id and every value that stays under its new name. */
export function expectPreserved(before: Rows, after: Rows, diff: DeployDiff): void {
  const moved = new Map(
    diff.objects.flatMap(({ before: was, object }) => (was ? [[was.name, object] as const] : [])),
  );
  for (const [former, rows] of Object.entries(before)) {
    const object = moved.get(former) ?? former;
    const names = columnNames(diff, object);
    const kept = rows.map(({ rowid, id, values }) => ({
      rowid,
      id,
      values: Object.fromEntries(
        Object.entries(values).flatMap(([column, value]) => {
          const name = names.has(column) ? names.get(column) : column;
          return name ? [[name, value]] : [];
        }),
      ),
    }));
    expect(after[object], object).toHaveLength(rows.length);
    expect(after[object]).toMatchObject(kept);
  }
}
