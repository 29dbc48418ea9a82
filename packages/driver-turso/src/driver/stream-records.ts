import type { DataRecord } from '@objectstack/spec/contracts';
import { type Cursor, cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { invalidQuery } from './filter-error.js';
import { isPlainObject } from './plain-object.js';

const PAGE_SIZE = 500;

type Page = (query: QueryInput) => Promise<DataRecord[]>;

/** The fields of a page: those that were asked for, and those that the records are ordered by. */
function pageFields({ fields, orderBy }: QueryInput): { fields?: string[]; extra: string[] } {
  if (!fields) return { extra: [] };
  const extra = (orderBy ?? [])
    .map(({ field }) => field)
    .filter((field) => field !== 'id' && !fields.includes(field));
  return { fields: [...fields, ...extra], extra };
}

/** Reads page after page, each from where the last one ended. */
export async function* streamRecords(
  find: Page,
  query: QueryInput,
  signal?: AbortSignal,
): AsyncGenerator<DataRecord> {
  if (!isPlainObject(query)) throw invalidQuery('', 'A query is an object');
  const { limit, top, offset, cursor, ...rest } = query;
  const { extra, ...fields } = pageFields(query);
  let left = limit ?? top ?? Number.POSITIVE_INFINITY;
  let next: Cursor | undefined = cursor;
  for (let isFirst = true; ; isFirst = false) {
    const size = Math.min(PAGE_SIZE, left);
    const start = isFirst && offset !== undefined ? { offset } : {};
    const records = await find({ ...rest, ...fields, ...start, ...(next && { cursor: next }), limit: size });
    const last = records.at(-1);
    if (last) next = cursorAfter(last, query.orderBy);
    for (const record of records) {
      if (signal?.aborted) throw new ObjectStackError({ code: 'aborted', message: 'The caller gave up.' });
      for (const name of extra) delete record[name];
      yield record;
    }
    left -= records.length;
    if (records.length < size || left <= 0) return;
  }
}
