import { type Field, storageOf } from '@objectstack/spec/data';
import { isOffered, storageProblem } from '../field-value.js';
import type { JsonPath } from '../json-pointer.js';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { unknownField } from './field-reference.js';

export interface SeedRecord {
  readonly object: BundleObject;
  readonly record: Readonly<Record<string, unknown>>;
  /** Fields that a new record must give. */
  readonly required: readonly string[];
  readonly path: JsonPath;
}

/** A record must fit its fields; what a seed may break, required fields and options, is a warning. */
export function checkSeedRecord(context: RuleContext, { object, record, required, path }: SeedRecord): void {
  for (const name of Object.keys(record)) {
    const field = object.fields.get(name);
    if (!field) context.issues.error([...path, name], unknownField(object, name));
    else checkValue(context, { name, field, value: record[name], path: [...path, name] });
  }
  for (const name of required) {
    if (!Object.hasOwn(record, name)) warnOfEmpty(context, name, [...path, name]);
  }
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
    issues.error(path, { code: 'computed_field_value', message: `The value of ${name} is computed.` });
  } else if (value === null) {
    if (field.required) warnOfEmpty(context, name, path);
  } else {
    const problem = storageProblem(field, value);
    if (problem) issues.error(path, { code: 'invalid_value', message: `The value of ${name} ${problem}.` });
    else if (!isOffered(field, value)) {
      issues.warning(path, {
        code: 'option_violation',
        message: `The value of ${name} is not one of its options.`,
      });
    }
  }
}

function warnOfEmpty({ issues }: RuleContext, name: string, path: JsonPath): void {
  issues.warning(path, {
    code: 'required_violation',
    message: `The field ${name} is required and stays empty.`,
  });
}
