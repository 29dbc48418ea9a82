import type { RecordRule } from '../shared/record-rule.zod.js';
import { beyondRecordLimit } from './beyond-record-limit.js';
import { type DefaultContext, defaultValueOf } from './default-value.js';
import { encodeField } from './encode-field.js';
import type { Field } from './field.zod.js';
import { checkValue, type FieldValueModel, isMissing, type ValueModel } from './field-value.js';

/** Fields of an object by name, system fields included. */
export type RecordFields = ReadonlyMap<string, FieldValueModel>;

/** Fields of an object by name, of which some may contain integer ids. */
export type ValueModels = ReadonlyMap<string, ValueModel>;

/** Encoded value of a field. */
export type StoredValue = string | number | null;

/** Circumstances of a write. */
export interface RecordWriteContext {
  /** Timestamp of the write, in UTC with milliseconds. */
  readonly now: string;
  /** Whether this is a system write. Defaults to false. */
  readonly system?: boolean | undefined;
  /** Identifier of the user who writes. */
  readonly actor?: string | undefined;
  /**
   * Evaluates computed defaults, as `defaultFromExpression` of `@objectstack/expressions`. Absent: they have no value.
   */
  readonly evaluate?: DefaultContext['evaluate'] | undefined;
}

/** Values that a write gives to a record, and the rules that they violate. */
export interface CheckedRecord {
  /** Encoded values by field name. Not to be stored if there are violations. */
  readonly values: Map<string, StoredValue>;
  /** Violations for which the write is rejected with `validation_failed`. */
  readonly violations: RecordRuleViolation[];
  /** Violations that a system write is permitted, for `onViolation`. */
  readonly permitted: RecordRuleViolation[];
}

interface RecordRuleViolation {
  readonly field: string;
  readonly rule: RecordRule;
}

interface Draft extends CheckedRecord {
  readonly fields: ValueModels;
  readonly write: RecordWriteContext;
}

type Data = Readonly<Record<string, unknown>>;

/** Rules that a system write may violate, except for the id. */
const LENIENT: ReadonlySet<RecordRule> = new Set(['required', 'option']);

const draftOf = (fields: ValueModels, write: RecordWriteContext): Draft => ({
  fields,
  write,
  values: new Map(),
  violations: [],
  permitted: [],
});

function report({ write, violations, permitted }: Draft, field: string, rule: RecordRule): void {
  const isPermitted = write.system === true && field !== 'id' && LENIENT.has(rule);
  (isPermitted ? permitted : violations).push({ field, rule });
}

function set(draft: Draft, name: string, value: unknown): void {
  const model = draft.fields.get(name);
  if (!model) {
    report(draft, name, 'unknown_field');
    return;
  }
  const encoded = encodeField(model, value);
  if ('rule' in encoded) {
    report(draft, name, encoded.rule);
    return;
  }
  for (const rule of checkValue(model, value)) report(draft, name, rule);
  draft.values.set(name, encoded.value);
}

const isAutonumber = ({ field }: ValueModel) => field.type === 'autonumber';

/** Whether a caller may set the field: the id only of a new record. */
function maySet({ write }: Draft, name: string, { isNew }: { isNew: boolean }, model: ValueModel): boolean {
  if (name === 'id') return isNew;
  return write.system === true || !(model.field.readonly || isAutonumber(model));
}

/** An own property: `constructor` is a legal field name. A property whose value is undefined is absent. */
const givenIn = (data: Data, name: string): unknown => (Object.hasOwn(data, name) ? data[name] : undefined);

function setGiven(draft: Draft, data: Data, kind: { isNew: boolean }): void {
  for (const name of Object.keys(data)) {
    const value = data[name];
    if (value === undefined) continue;
    const model = draft.fields.get(name);
    if (model && !maySet(draft, name, kind, model)) report(draft, name, 'readonly');
    else set(draft, name, value);
  }
}

/** Fields that every new record needs a look at, although it does not have them. */
interface Absentees {
  readonly withDefault: readonly (readonly [string, Field])[];
  readonly required: readonly string[];
}

const absentees = new WeakMap<ValueModels, Absentees>();

const mayHaveDefault = ({ defaultValue, options }: Field): boolean =>
  defaultValue !== undefined || options?.some((option) => option.default) === true;

function absenteesOf(fields: ValueModels): Absentees {
  const known = absentees.get(fields);
  if (known) return known;
  const all = [...fields];
  const found = {
    withDefault: all.flatMap(([name, { field, storage }]) =>
      storage.column !== null && mayHaveDefault(field) ? [[name, field] as const] : [],
    ),
    required: all.flatMap(([name, model]) => (model.field.required && !isAutonumber(model) ? [name] : [])),
  };
  absentees.set(fields, found);
  return found;
}

function setDefaults(draft: Draft, data: Data): void {
  const { withDefault } = absenteesOf(draft.fields);
  if (withDefault.length === 0) return;
  const { now, actor, evaluate } = draft.write;
  const context: DefaultContext = { now, actor, ...(evaluate && { evaluate }) };
  for (const [name, field] of withDefault) {
    if (givenIn(data, name) !== undefined) continue;
    const value = defaultValueOf(field, context);
    if (value !== undefined) set(draft, name, value);
  }
}

function fill({ values }: Draft, name: string, value: string | null): void {
  if ((values.get(name) ?? null) === null) values.set(name, value);
}

function finish(draft: Draft): CheckedRecord {
  const { values, violations, permitted } = draft;
  const largest = beyondRecordLimit(values);
  if (largest !== undefined) report(draft, largest, 'max_bytes');
  return { values, violations, permitted };
}

/** Reports a required field without a value. A value that was rejected is not missing as well. */
function requireValue(draft: Draft, name: string, given: unknown): void {
  const model = draft.fields.get(name);
  if (!model?.field.required) return;
  const value = draft.values.has(name) ? draft.values.get(name) : given;
  if (isMissing(model, value)) report(draft, name, 'required');
}

/**
 * Checks and encodes the values of a new record, and adds defaults, the id and the timestamps. The driver adds
 * autonumbers. `fields` include the system fields. `id` is the id of a record without one; null if the database assigns it.
 */
export function checkNewRecord(
  fields: ValueModels,
  data: Data,
  { id, ...write }: RecordWriteContext & { readonly id: string | null },
): CheckedRecord {
  const draft = draftOf(fields, write);
  setGiven(draft, data, { isNew: true });
  setDefaults(draft, data);
  fill(draft, 'id', id);
  fill(draft, 'created_at', write.now);
  fill(draft, 'updated_at', write.now);
  for (const name of absenteesOf(fields).required) requireValue(draft, name, givenIn(data, name));
  return finish(draft);
}

/** Checks and encodes the values that a write changes in an existing record, and adds `updated_at`. */
export function checkChanges(fields: ValueModels, data: Data, write: RecordWriteContext): CheckedRecord {
  const draft = draftOf(fields, write);
  setGiven(draft, data, { isNew: false });
  for (const name of Object.keys(data)) {
    const given = givenIn(data, name);
    if (name !== 'id' && given !== undefined) requireValue(draft, name, given);
  }
  fill(draft, 'updated_at', write.now);
  return finish(draft);
}
