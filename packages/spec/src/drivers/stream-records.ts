import type { DataRecord } from '../contracts/driver-call.js';
import { cursorAfter } from '../data/cursor-after.js';
import type { QueryInput } from '../data/query.zod.js';
import { isPlainObject } from '../shared/is-plain-object.js';

/** Records of a page: few enough for a caller that stops early, and for the limit of the contract. */
const PAGE = 500;

const limitOf = ({ limit, top }: QueryInput): number => limit ?? top ?? Number.POSITIVE_INFINITY;

/** Whether a query has several pages. One with mistakes has not, so that it is rejected as it is. */
function hasPages(query: QueryInput): boolean {
  if (!isPlainObject(query) || query.limit === null || query.top === null) return false;
  const { limit, top, orderBy = [], fields = [] } = query;
  const isOrdered = Array.isArray(orderBy) && orderBy.every((node) => isPlainObject(node));
  const isLimit = (value: unknown) => value === undefined || Number.isInteger(value);
  const isAgreed = limit === undefined || top === undefined || limit === top;
  return (
    isOrdered && Array.isArray(fields) && isLimit(limit) && isLimit(top) && isAgreed && limitOf(query) > PAGE
  );
}

/** Sort fields that the caller did not ask for; the cursor needs them. */
function missingFields({ fields, orderBy = [], expand }: QueryInput): string[] {
  if (!fields) return [];
  const known = new Set(['id', ...fields, ...Object.keys(expand ?? {})]);
  return orderBy.map(({ field }) => field).filter((field) => !known.has(field));
}

/**
 * Yields the records of a query one at a time, for `findStream`. `read` returns the records of a page, and is called when the first of
 * them is requested; pages continue after a cursor, so that records written in the meantime move no others.
 */
export async function* streamRecords(
  read: (query: QueryInput) => Promise<DataRecord[]>,
  query: QueryInput = {},
): AsyncGenerator<DataRecord> {
  if (!hasPages(query)) {
    yield* await read(query);
    return;
  }
  const extra = missingFields(query);
  const { limit: _limit, top: _top, ...rest } = query;
  let page: QueryInput = { ...rest, ...(rest.fields && { fields: [...rest.fields, ...extra] }) };
  for (let remaining = limitOf(query); remaining > 0; ) {
    const limit = Math.min(PAGE, remaining);
    const records = await read({ ...page, limit });
    const last = records.at(-1);
    const { offset: _, ...others } = page;
    if (last) page = { ...others, cursor: cursorAfter(last, query.orderBy) };
    for (const record of records) {
      for (const name of extra) delete record[name];
      yield record;
    }
    remaining = records.length < limit ? 0 : remaining - records.length;
  }
}
