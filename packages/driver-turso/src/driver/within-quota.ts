import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { withoutLeadingStatements } from '../connection/without-leading-statements.js';
import type { Columns } from './columns-of.js';
import { countRecordsFromNow, RECORD_COUNT, recount } from './count-records-from-now.js';
import type { Executor } from './executor.js';
import { type AddedUsage, exceededBy, isUncounted, quotaGuard, USED_BYTES } from './quota-guard.js';
import type { WriteContext } from './write-context.js';

type Quota = NonNullable<ReturnType<typeof exceededBy>>;

const bytesOf = (value: SqlValue): number => {
  if (value === null) return 0;
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' ? value.byteLength : 8;
};

/** Size of the values, in bytes; of a text in characters, because its storage in pages is as approximate. */
export function valueBytes(columns: Columns): number {
  let bytes = 0;
  for (const name in columns) bytes += bytesOf(columns[name] ?? null);
  return bytes;
}

/** Size of the values that an update sets, without its timestamp: clearing a field adds nothing. */
export const changedBytes = ({ updated_at: _, ...columns }: Columns): number => valueBytes(columns);

/** Checks the guard before the statements, in their transaction. */
function guarded({ executor, options }: WriteContext, guard: SqlStatement): Executor {
  // An open transaction holds the write lock already, so the guard needs no transaction of its own with the statements.
  if (options.transaction) {
    const first =
      <Arguments extends unknown[], T>(run: (...args: Arguments) => Promise<T>) =>
      async (...args: Arguments) => {
        await executor.execute(guard);
        return run(...args);
      };
    return { read: executor.read, execute: first(executor.execute), atomic: first(executor.atomic) };
  }
  const atomic: Executor['atomic'] = async (statements) => {
    try {
      return (await executor.atomic([guard, ...statements])).slice(1);
    } catch (error) {
      throw withoutLeadingStatements(error, 1);
    }
  };
  const execute: Executor['execute'] = async (statement) => (await atomic([statement]))[0] ?? NO_RESULT;
  return { read: executor.read, execute, atomic };
}

const NO_RESULT = { rows: [], rowsAffected: 0 };

async function usageOf({ executor, model }: WriteContext, quota: Quota): Promise<number> {
  const statement =
    quota === 'maxStorageBytes' ? { sql: USED_BYTES, args: [] } : { sql: RECORD_COUNT, args: [model.name] };
  const { rows } = await executor.execute(statement);
  return Number(Object.values(rows[0] ?? {})[0] ?? 0);
}

async function quotaExceeded(context: WriteContext, quota: Quota, added: AddedUsage) {
  const { quotas, model } = context;
  const requested = quota === 'maxStorageBytes' ? added.bytes : added.records;
  const maximum = quotas[quota] ?? 0;
  const noun = quota === 'maxStorageBytes' ? 'bytes of storage' : `records of ${model.name}`;
  return new ObjectStackError({
    code: 'quota_exceeded',
    message: `The quota of ${maximum} ${noun} does not allow ${requested} more. Delete records, or choose a larger plan.`,
    details: {
      quota,
      maximum,
      usage: await usageOf(context, quota),
      requested,
      ...(quota === 'maxRecordsPerObject' && { object: model.name }),
    },
  });
}

/**
 * Runs a write whose statements are checked against the quotas of the tenant. Nothing of a write that exceeds one takes
 * effect. Records are counted again before a write is rejected, because raw SQL can leave the number too high.
 */
export async function withinQuota<T>(
  context: WriteContext,
  added: AddedUsage,
  write: (limited: WriteContext) => Promise<T>,
): Promise<T> {
  const { model, quotas, executor } = context;
  const guard = quotaGuard(model.name, quotas, added);
  if (!guard) return write(context);
  const limited = { ...context, executor: guarded(context, guard) };
  for (let isRecounted = false; ; isRecounted = true) {
    try {
      return await write(limited);
    } catch (error) {
      const quota = exceededBy(error);
      if (!quota && !isUncounted(error)) throw error;
      if (quota && (isRecounted || quota === 'maxStorageBytes'))
        throw await quotaExceeded(context, quota, added);
      await executor.atomic(quota ? [recount(model.name)] : countRecordsFromNow(model.name));
    }
  }
}
