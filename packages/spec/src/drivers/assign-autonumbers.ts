import { autonumbersOf } from './autonumbers-of.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/** An object with the last number of each of its counters. */
export interface NumberedModel extends Pick<ObjectModel, 'fields' | 'stored'> {
  readonly counters: Map<string, number>;
}

/**
 * Assigns the autonumbers of a row, for drivers that have all counters in memory. A new row gets the next numbers, and
 * counters continue after a number that a system write sets. `previous` is the row before a change.
 */
export function assignAutonumbers(
  model: NumberedModel,
  row: StoredRow,
  previous?: Readonly<StoredRow>,
): void {
  for (const { field, scope, given, textOf } of autonumbersOf(model, row, String(row.created_at))) {
    if (previous && given === undefined) continue;
    const counter = `${field} ${scope}`;
    const last = model.counters.get(counter) ?? 0;
    row[field] ??= textOf(last + 1);
    model.counters.set(counter, Math.max(last, given ?? last + 1));
  }
}
