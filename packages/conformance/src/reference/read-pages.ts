import type { DataRecord } from '@objectstack/spec/contracts';
import { cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { isPlainObject } from '@objectstack/spec/shared';

const PAGE = 500;

/** Sort fields that are not requested, but needed for the cursor. */
function extraFields({ fields, orderBy, expand = {} }: QueryInput): string[] {
  if (!fields || !Array.isArray(orderBy)) return [];
  const known = new Set(['id', ...fields, ...Object.keys(expand ?? {})]);
  return orderBy.map((node) => node?.field).filter((field) => !known.has(field));
}

const mostOf = ({ limit, top }: QueryInput) => limit ?? top ?? Number.POSITIVE_INFINITY;

/** Whether the query has more than one page. One that is invalid has none, so that it is rejected as a whole. */
function hasPages(query: QueryInput): boolean {
  if (!isPlainObject(query)) return false;
  const { limit, top } = query;
  const most = mostOf(query);
  const isNull = limit === null || top === null;
  const isValid = !isNull && (most === Number.POSITIVE_INFINITY || Number.isInteger(most));
  return isValid && most > PAGE && (limit === undefined || top === undefined || limit === top);
}

/** Reads the records of a query page by page. */
export async function* readPages(
  read: (query: QueryInput) => Promise<DataRecord[]>,
  query: QueryInput,
): AsyncGenerator<DataRecord> {
  if (!hasPages(query)) {
    yield* await read(query);
    return;
  }
  const { limit: _limit, top: _top, offset, cursor, ...rest } = query;
  const extra = extraFields(query);
  const fields = rest.fields && { fields: [...rest.fields, ...extra] };
  let start: Pick<QueryInput, 'offset' | 'cursor'> = {
    ...(offset !== undefined && { offset }),
    ...(cursor && { cursor }),
  };
  for (let left = mostOf(query); left > 0; ) {
    const limit = Math.min(PAGE, left);
    const records = await read({ ...rest, ...fields, ...start, limit });
    const last = records.at(-1);
    if (last) start = { cursor: cursorAfter(last, query.orderBy) };
    for (const record of records) {
      for (const name of extra) delete record[name];
      yield record;
    }
    left = records.length < limit ? 0 : left - records.length;
  }
}
