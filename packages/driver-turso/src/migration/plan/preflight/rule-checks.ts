import { backfillSourceOf, type Field, SYSTEM_FIELDS, storageOf } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange, PreflightCheck } from '@objectstack/spec/system';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { fillOf, firstValueFrom } from '../../diff/conversions/filler.js';
import { type StricterRule, stricterRules } from '../../diff/stricter-rules.js';
import type { TablePlan } from '../table/table-plan.js';
import { columnValue } from '../values/column-value.js';
import { rowBefore } from '../values/row-before.js';
import { countWhere } from './count-where.js';

const isStored = (field: Field | undefined): field is Field =>
  field !== undefined && storageOf(field).column !== null;

/** Name of the field whose values a migration takes unchanged into another one. */
function copiedField(before: Field | undefined, after: Field): string | undefined {
  if (backfillSourceOf(after)?.values) return undefined;
  return isStored(before) ? fillOf(before, after).from : firstValueFrom(after);
}

/** The definitions, before and after the migration, of the field of an object whose values are copied. */
function definitionsOf(diff: DeployDiff, object: string, name: string): Field[] {
  if (Object.hasOwn(SYSTEM_FIELDS, name)) return [SYSTEM_FIELDS[name as keyof typeof SYSTEM_FIELDS]];
  const change = diff.fields.find((each) => each.object === object && each.field === name && each.after);
  const after = diff.objects.find((each) => each.after?.name === object)?.after?.fields[name];
  return [change?.before, after].filter(isStored);
}

/**
 * The definitions that stored values satisfy which the field will contain: its own, and those of the field from which it is
 * filled. Literal values of backfills, tables and defaults are checked when the metadata is validated.
 */
function originsOf(diff: DeployDiff, { object, before, after }: FieldChange): Field[] {
  if (!isStored(after)) return [];
  const copied = diff.restores ? undefined : copiedField(before, after);
  const own = isStored(before) ? [before] : [];
  return copied === undefined ? own : [...own, ...definitionsOf(diff, object, copied)];
}

/** Rules of the field that values of one of its origins may violate. */
function brokenRules(origins: readonly Field[], after: Field): StricterRule[] {
  const rules = origins.flatMap((origin) => stricterRules(origin, after));
  return [...new Map(rules.map((rule) => [rule.kind, rule])).values()];
}

/**
 * Checks for records whose values violate a rule of the field that will contain them, because the rule becomes stricter or
 * because another field had no such rule, even if their table does not change.
 */
export function* ruleChecks(diff: DeployDiff, tables: readonly TablePlan[]): Steps<PreflightCheck[]> {
  const plans = new Map(tables.map((table) => [table.after.name, table]));
  return yield* flatMapSteps(diff.fields, (change): PreflightCheck[] => {
    const { id: changeId, object, field, after } = change;
    const origins = originsOf(diff, change);
    if (!after || origins.length === 0) return [];
    const plan = plans.get(object);
    const table = quote(plan?.before.name ?? object);
    const value = plan ? columnValue(plan, field, rowBefore(diff, plan)) : `${table}.${quote(field)}`;
    return brokenRules(origins, after).flatMap(({ kind, breaks, what }): PreflightCheck[] => {
      if (!breaks || kind === 'missing') return [];
      const explanation = `Records of ${object} whose ${field} ${what} by the new rule.`;
      const sql = countWhere(table, breaks(value));
      return [{ id: `${kind}:${object}.${field}`, changeId, sql, args: [], stops: 'never', explanation }];
    });
  });
}
