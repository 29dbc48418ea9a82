import type { ObjectModel, StoredRow } from './object-model.js';
import type { ParsedQuery } from './parse-query.js';
import { rowFilter } from './row-filter.js';
import { cursorRow, recordOrder, rowComparer } from './row-order.js';

/** How the rows of a query for records are found among others. */
export interface RowSelection {
  /** Whether the filter matches a row, and the row comes after the cursor. */
  readonly selects: (row: Readonly<StoredRow>) => boolean;
  readonly compare: (left: Readonly<StoredRow>, right: Readonly<StoredRow>) => number;
  /** The rows of the page among all selected ones. */
  readonly pageOf: (selected: readonly StoredRow[]) => StoredRow[];
}

/** Returns the part of sorted rows that `offset` and `limit` select. */
export function pageOf<Row>(
  rows: readonly Row[],
  { offset = 0, limit, top }: Pick<ParsedQuery, 'offset' | 'limit' | 'top'>,
): Row[] {
  return rows.slice(offset, offset + (limit ?? top ?? Number.POSITIVE_INFINITY));
}

/** Returns how to find the rows of a parsed query for records, for drivers that read rows one by one, such as from a key-value store. */
export function rowSelection({ fields }: Pick<ObjectModel, 'fields'>, query: ParsedQuery): RowSelection {
  const { where, cursor } = query;
  const order = recordOrder(query);
  const compare = rowComparer(fields, order);
  const after = cursor && cursorRow(fields, order, cursor);
  const matches = where === undefined ? () => true : rowFilter(fields, where);
  return {
    selects: (row) => matches(row) && (!after || compare(row, after) > 0),
    compare,
    pageOf: (selected) => pageOf(selected.toSorted(compare), query),
  };
}

/** Returns the rows that a parsed query for records selects, in order, for drivers that have all rows in memory. */
export function selectRows(
  model: Pick<ObjectModel, 'fields'>,
  rows: Iterable<StoredRow>,
  query: ParsedQuery,
): StoredRow[] {
  const { selects, pageOf: page } = rowSelection(model, query);
  return page([...rows].filter(selects));
}
