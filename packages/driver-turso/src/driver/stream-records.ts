import type { DataRecord } from '@objectstack/spec/contracts';
import { type Cursor, cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

const PAGE_SIZE = 500;

/** Where the records come from. */
export interface RecordSource {
  /** Rejects as `find` would, before anything is read. */
  assertAnswerable(): Promise<void>;
  find(query: QueryInput): Promise<DataRecord[]>;
}

/** The fields of a page: those that were asked for, and those that the records are ordered by. */
function pageFields({ fields, orderBy, expand = {} }: QueryInput): { fields?: string[]; extra: string[] } {
  if (!fields) return { extra: [] };
  const extra = (orderBy ?? [])
    .map(({ field }) => field)
    .filter((field) => field !== 'id' && !fields.includes(field) && !Object.hasOwn(expand, field));
  return { fields: [...fields, ...extra], extra };
}

/** Reads page after page, each from where the last one ended. */
export async function* streamRecords(
  source: RecordSource,
  query: QueryInput,
  signal?: AbortSignal,
): AsyncGenerator<DataRecord> {
  await source.assertAnswerable();
  const { limit, top, offset, cursor, ...rest } = query;
  const { extra, ...fields } = pageFields(query);
  let left = limit ?? top ?? Number.POSITIVE_INFINITY;
  let next: Cursor | undefined = cursor;
  for (let isFirst = true; ; isFirst = false) {
    const size = Math.min(PAGE_SIZE, left);
    const start = isFirst && offset !== undefined ? { offset } : {};
    const records = await source.find({
      ...rest,
      ...fields,
      ...start,
      ...(next && { cursor: next }),
      limit: size,
    });
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
