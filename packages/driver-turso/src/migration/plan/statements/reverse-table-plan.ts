import { storageOf } from '@objectstack/spec/data';
import type { RetainedTable } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { conversionOf } from '../../diff/conversions/conversion-of.js';
import { RETAINED_CREATED_AT } from '../table/is-same-record.js';
import { fillersOf, type RetainedValues, type TablePlan, UNCONVERTED } from '../table/table-plan.js';

/** The retained original values of converted columns, by the names of the columns after the plan. */
function retainedValuesOf(
  { before, columns, conversions, fillers }: TablePlan,
  retained: readonly RetainedTable[],
): RetainedValues | null {
  const retainedTable = retained.find(({ object, whole }) => !whole && object === before.name);
  const previousNames = new Map([...columns].map(([from, to]) => [to, from]));
  const lossy = [...conversions].flatMap(([name, { fits, isReplacement }]) =>
    fits || isReplacement || fillers.has(name) ? [name] : [],
  );
  if (!retainedTable || lossy.length === 0) return null;
  const values = lossy.map((name) => `${quote(previousNames.get(name) ?? name)} AS ${quote(name)}`);
  return {
    from: `(SELECT ${['"id"', quote(RETAINED_CREATED_AT), ...values].join(', ')} FROM ${quote(retainedTable.name)})`,
    columns: lossy,
    mayDangle: false,
  };
}

/** The reverse of the plan of one table, to be run directly after it. */
export function reverseTablePlan(plan: TablePlan, retained: readonly RetainedTable[]): TablePlan {
  const { base, after, conversions, fields } = plan;
  const previous = fields.flatMap(({ field, before }) =>
    before ? [[field, storageOf(before).encoding] as const] : [],
  );
  const back = new Map(
    fields.flatMap(({ field, before, after: is }) => {
      if (!before || !is || !conversions.has(field)) return [];
      const conversion = conversionOf(is, before) ?? UNCONVERTED;
      return [[field, conversion] as const];
    }),
  );
  return {
    ...plan,
    base: after,
    after: base,
    conversions: back,
    fillers: plan.retained ? fillersOf(fields, (change) => [change.after, change.before]) : new Map(),
    fields: [],
    encodings: new Map([...plan.encodings, ...previous]),
    retained: retainedValuesOf(plan, retained),
  };
}

/** The plan that restores removed columns of a table that still has its old name. */
export function reverseRemovedColumns(
  { before, base, removed, ...plan }: TablePlan,
  retained: readonly RetainedTable[],
): TablePlan {
  const retainedTable = retained.find(({ object, whole }) => !whole && object === before.name);
  const names = removed.map(({ name }) => name);
  const left = new Set(base.indexes.map(({ name }) => name));
  const whole = { ...before, indexes: before.indexes.filter(({ name }) => left.has(name)) };
  return {
    ...plan,
    before,
    removed,
    base: { ...whole, columns: before.columns.filter(({ name }) => !names.includes(name)) },
    after: whole,
    conversions: new Map(),
    fillers: new Map(),
    fields: [],
    retained: retainedTable ? { from: quote(retainedTable.name), columns: names, mayDangle: false } : null,
  };
}
