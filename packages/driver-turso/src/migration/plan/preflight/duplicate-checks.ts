import type { DeployDiff, PreflightCheck, TableIndex } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { changeTo, type TablePlan } from '../table/table-plan.js';
import { columnValue } from '../values/column-value.js';
import { holdsIntegerIds } from '../values/holds-integer-ids.js';
import { rowBefore } from '../values/row-before.js';
import { countWhere } from './count-where.js';

/** Subquery of the records after the migration with the columns of the index. */
function rowsAfter(diff: DeployDiff, plan: TablePlan, { columns, where }: TableIndex): string {
  const row = rowBefore(diff, plan);
  const indexed = new Set(columns.map(({ name }) => name));
  const names = plan.after.columns
    .map(({ name }) => name)
    .filter((name) => name !== 'id' && (indexed.has(name) || where?.includes(quote(name))));
  // The condition of an index compares integer ids as its column stores them.
  const stored = (name: string) =>
    holdsIntegerIds(plan.after, name)
      ? `CAST(${columnValue(plan, name, row)} AS INTEGER)`
      : columnValue(plan, name, row);
  const values = names.map((name) => `${stored(name)} AS ${quote(name)}`);
  return `(SELECT ${['id', ...values].join(', ')} FROM ${quote(plan.before.name)})`;
}

/** Query for the rows that share the values of a unique index. `rows` is a table or a subquery. */
export function duplicateRows(rows: string, index: TableIndex): string {
  const names = index.columns.map(({ name }) => quote(name ?? ''));
  const keys = index.columns
    .map(({ name, collation }) => `${quote(name ?? '')} COLLATE ${collation}`)
    .join(', ');
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const counted = index.where === null ? filled : `${filled} AND (${index.where})`;
  const shared = `SELECT ${keys} FROM ${rows} WHERE ${counted} GROUP BY ${keys} HAVING count(*) > 1`;
  return countWhere(rows, `${counted} AND (${keys}) IN (${shared})`);
}

/** The change that may violate a unique index: its own, or the conversion of a value. */
function causeOfDuplicates(diff: DeployDiff, plan: TablePlan, index: TableIndex): string | undefined {
  const own = diff.indexes.find(
    ({ object, after }) => object === plan.after.name && after?.name === index.name,
  );
  if (own && !own.before) return own.id;
  const converted = index.columns.find(({ name }) => plan.conversions.has(name ?? ''));
  return converted && changeTo(plan, converted.name ?? '')?.id;
}

/** Checks of unique indexes that are new or whose values change; columns that will be empty are skipped. */
export function duplicateChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const row = rowBefore(diff, plan);
  return plan.after.indexes.flatMap((index): PreflightCheck[] => {
    const changeId = index.unique && causeOfDuplicates(diff, plan, index);
    if (!changeId || index.columns.some(({ name }) => name === null)) return [];
    if (index.columns.some(({ name }) => columnValue(plan, name ?? '', row) === 'NULL')) return [];
    const fields = index.columns.map(({ name }) => name).join(', ');
    return [
      {
        id: `duplicates:${index.name}`,
        changeId,
        sql: duplicateRows(rowsAfter(diff, plan, index), index),
        args: [],
        stops: 'always',
        explanation: `Records of ${plan.after.name} that share ${fields}.`,
      },
    ];
  });
}
