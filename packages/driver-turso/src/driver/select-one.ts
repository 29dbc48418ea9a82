import type { DataRecord } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { isPlainObject } from '@objectstack/spec/shared';
import type { Operation } from './operation.js';
import { assertRecords } from './parse-query.js';
import { selectRecords } from './select-records.js';

function atMostOne(query: QueryInput): QueryInput {
  const isLimited = query?.limit !== undefined || query?.top !== undefined;
  return isLimited || !isPlainObject(query) ? query : { ...query, limit: 1 };
}

/** The first record of a query; null if there is none. */
export async function selectOne(operation: Operation, query: QueryInput): Promise<DataRecord | null> {
  assertRecords(query);
  const records = await selectRecords(operation, atMostOne(query));
  return records[0] ?? null;
}
