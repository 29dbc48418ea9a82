import { type Field, isOffered, leavesEmpty, storageOf, storageProblem } from '@objectstack/spec/data';
import type { JsonPath } from '@objectstack/spec/shared';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { seedValue } from '../seed-value.js';
import { suggestOption } from '../suggest-option.js';
import { requireField } from './require-field.js';

/** Maximum number of missing fields that a warning lists. */
const MAX_NAMED = 5;

export interface SeedRecord {
  readonly object: BundleObject;
  readonly record: Readonly<Record<string, unknown>>;
  /** Fields that a new record requires. */
  readonly required: ReadonlySet<string>;
  readonly path: JsonPath;
}

/**
 * The values of a record must fit its fields. Violations of `required` and of options are warnings, because seeds may
 * cause them.
 */
export function checkSeedRecord(context: RuleContext, { object, record, required, path }: SeedRecord): void {
  for (const name of Object.keys(record)) {
    const field = object.fields.get(name);
    if (!field) requireField(context, { object, name, path: [...path, name] });
    else checkValue(context, { name, field, value: record[name], path: [...path, name] });
  }
  warnOfMissing(context, { object, record, required, path });
}

/** One warning for each record, without a check of each required field in each record. */
function warnOfMissing({ issues }: RuleContext, { record, required, path }: SeedRecord): void {
  const given = Object.keys(record).filter((name) => required.has(name)).length;
  if (given === required.size) return;
  const named: string[] = [];
  for (const name of required) {
    if (named.length === MAX_NAMED) break;
    if (!Object.hasOwn(record, name)) named.push(name);
  }
  const others = required.size - given - named.length;
  const message = `The record lacks required fields: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
  issues.warning(path, { code: 'required_violation', message });
}

interface SeedValue {
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly path: JsonPath;
}

function checkValue(context: RuleContext, { name, field, value, path }: SeedValue): void {
  const { issues } = context;
  if (storageOf(field).encoding === 'computed') {
    issues.error(path, {
      code: 'computed_field_value',
      message: `The field ${name} is computed. Remove its value.`,
    });
    return;
  }
  if (field.required && leavesEmpty(field, value)) warnOfEmpty(context, name, path);
  if (value === null) return;
  const problem = storageProblem(field, seedValue(field, value));
  if (problem) {
    issues.error(path, { code: 'invalid_value', message: `The value of ${name} ${problem}.` });
  } else if (!isOffered(field, value)) {
    const message = `The value of ${name} is not one of the options of the field.`;
    issues.warning(path, { code: 'option_violation', message, suggest: () => suggestOption(field, value) });
  }
}

function warnOfEmpty({ issues }: RuleContext, name: string, path: JsonPath): void {
  issues.warning(path, {
    code: 'required_violation',
    message: `The field ${name} is required, but its value is empty.`,
  });
}
