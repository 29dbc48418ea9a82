import type { DataRecord } from '@objectstack/spec/contracts';
import { cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { throwIfAborted } from '@objectstack/spec/shared';
import { PageSize } from './page-size.js';

const PAGES = { first: 100, most: 500 };

/** Source of the records. */
export interface RecordSource {
  /** Name of the object. */
  readonly object: string;
  /** Rejects as `find` would, before anything is read. */
  assertAnswerable(): Promise<void>;
  find(query: QueryInput): Promise<DataRecord[]>;
}

/** The fields of a page: the requested fields and the sort fields. */
function pageFields({ fields, orderBy, expand = {} }: QueryInput): { fields?: string[]; extra: string[] } {
  if (!fields) return { extra: [] };
  const extra = (orderBy ?? [])
    .map(({ field }) => field)
    .filter((field) => field !== 'id' && !fields.includes(field) && !Object.hasOwn(expand, field));
  return { fields: [...fields, ...extra], extra };
}

/** Reads page after page, each from the end of the previous one. */
export async function* streamRecords(
  source: RecordSource,
  query: QueryInput,
  signal?: AbortSignal,
): AsyncGenerator<DataRecord> {
  await source.assertAnswerable();
  const { limit, top, offset, cursor, ...rest } = query;
  const { extra, ...fields } = pageFields(query);
  const pages = new PageSize(PAGES);
  let left = limit ?? top ?? Number.POSITIVE_INFINITY;
  let start: Pick<QueryInput, 'offset' | 'cursor'> = {
    ...(offset !== undefined && { offset }),
    ...(cursor && { cursor }),
  };
  for (;;) {
    const size = Math.min(pages.size, left);
    const records = await readPage(source, { ...rest, ...fields, ...start, limit: size }, pages);
    if (!records) continue;
    const last = records.at(-1);
    if (last) start = { cursor: cursorAfter(last, query.orderBy) };
    for (const record of records) {
      throwIfAborted(signal);
      for (const name of extra) delete record[name];
      yield record;
    }
    left -= records.length;
    if (records.length < size || left <= 0) return;
  }
}

/** The records of a page, or null if a smaller page must be requested. */
async function readPage(
  source: RecordSource,
  query: QueryInput & { limit: number },
  pages: PageSize,
): Promise<DataRecord[] | null> {
  try {
    const records = await source.find(query);
    pages.fit(records);
    return records;
  } catch (error) {
    pages.shrink(error, query.limit, source.object);
    return null;
  }
}
