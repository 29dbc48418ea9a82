import type { DriverQuotas, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { COUNTER_TABLE, RECORD_COUNT } from './count-records-from-now.js';

/** What a write adds at most. */
export interface AddedUsage {
  readonly records: number;
  /** Size of the values, in bytes. */
  readonly bytes: number;
}

const EXCEEDED = { maxRecordsPerObject: 'OS_RECORD_QUOTA', maxStorageBytes: 'OS_STORAGE_QUOTA' } as const;
const UNCOUNTED = 'OS_RECORDS_UNCOUNTED';

/** Pages that were freed by deletions are filled before the file grows, so they are not in use. */
export const USED_BYTES =
  'SELECT (pages.page_count - free.freelist_count) * size.page_size AS bytes FROM temp.pragma_page_count() AS pages, ' +
  'temp.pragma_freelist_count() AS free, temp.pragma_page_size() AS size';

const fail = (name: string) => `json_extract('{}', '${name}')`;

/** Guard statement that fails, and with it the whole write, unless the write is within the quotas; null if it always is. */
export function quotaGuard(
  object: string,
  { maxRecordsPerObject, maxStorageBytes }: DriverQuotas,
  { records, bytes }: AddedUsage,
): SqlStatement | null {
  const cases: string[] = [];
  const args: SqlValue[] = [];
  if (maxRecordsPerObject !== undefined && records > 0) {
    const within = `(${RECORD_COUNT}) + ? <= ?`;
    cases.push(
      `CASE ${within} WHEN 1 THEN 1 WHEN 0 THEN ${fail(EXCEEDED.maxRecordsPerObject)} ELSE ${fail(UNCOUNTED)} END`,
    );
    args.push(object, records, maxRecordsPerObject);
  }
  if (maxStorageBytes !== undefined && bytes > 0) {
    cases.push(`CASE WHEN (${USED_BYTES}) + ? > ? THEN ${fail(EXCEEDED.maxStorageBytes)} ELSE 1 END`);
    args.push(bytes, maxStorageBytes);
  }
  return cases.length === 0 ? null : { sql: `SELECT ${cases.join(', ')}`, args };
}

/** Whether the records of the object were not counted under the latest deployment. */
export function isUncounted(error: unknown): boolean {
  if (!ObjectStackError.isInstance(error)) return false;
  const { guard, reason } = error.details;
  return guard === UNCOUNTED || String(reason).includes(`no such table: ${COUNTER_TABLE}`);
}

/** The quota whose guard stopped the write; undefined for any other error. */
export function exceededBy(error: unknown): keyof typeof EXCEEDED | undefined {
  if (!ObjectStackError.isInstance(error)) return undefined;
  const { guard } = error.details;
  if (guard === EXCEEDED.maxRecordsPerObject) return 'maxRecordsPerObject';
  return guard === EXCEEDED.maxStorageBytes ? 'maxStorageBytes' : undefined;
}
