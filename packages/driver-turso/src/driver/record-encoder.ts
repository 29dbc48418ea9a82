import type { DriverOptions, RecordData, RecordViolation, SqlValue } from '@objectstack/spec/contracts';
import { checkValue, defaultValueOf, encodeField, isMissing } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { assertRecordData } from './assert-arguments.js';
import { brokenRules } from './broken-rules.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';

export type Columns = Record<string, SqlValue>;

export interface EncodeRequest {
  readonly model: ObjectModel;
  readonly data: RecordData;
  readonly options: DriverOptions;
  /** Timestamp of the write. */
  readonly now: string;
}

/** Rules that a system write may violate. */
const LENIENT: ReadonlySet<RecordViolation['rule']> = new Set(['required', 'option']);

class RecordEncoder {
  readonly columns = new Map<string, SqlValue>();
  readonly #violations: RecordViolation[] = [];
  readonly #allowed: RecordViolation[] = [];
  readonly #options: DriverOptions;

  constructor(options: DriverOptions) {
    this.#options = options;
  }

  report(field: string, rule: RecordViolation['rule']): void {
    const lenient = this.#options.system && field !== 'id' && LENIENT.has(rule);
    (lenient ? this.#allowed : this.#violations).push({ field, rule });
  }

  encode(model: FieldModel, value: unknown): void {
    const encoded = encodeField(model, value);
    if ('rule' in encoded) {
      this.report(model.name, encoded.rule);
      return;
    }
    for (const rule of checkValue(model, value)) this.report(model.name, rule);
    this.columns.set(model.name, encoded.value);
  }

  fill(name: string, value: SqlValue): void {
    if ((this.columns.get(name) ?? null) === null) this.columns.set(name, value);
  }

  finish(model: ObjectModel): Columns {
    if (this.#violations.length === 0) {
      for (const violation of this.#allowed) this.#options.onViolation?.(violation);
      return Object.fromEntries(this.columns);
    }
    throw new ObjectStackError({
      code: 'validation_failed',
      message: `The record violates rules of ${model.name} (${brokenRules(model, this.#violations)}).`,
      details: { object: model.name, violations: this.#violations },
    });
  }
}

/** Whether the caller may set the field. An id can only be set when the record is created. */
function isSettable({ name, field, autonumber }: FieldModel, system: boolean, creating: boolean): boolean {
  if (name === 'id') return creating;
  return system || !(field.readonly || autonumber);
}

function encodeGiven(encoder: RecordEncoder, request: EncodeRequest, creating: boolean): void {
  const { model, data, options } = request;
  assertRecordData(data);
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name);
    if (value === undefined) continue;
    if (!field) encoder.report(name, 'unknown_field');
    else if (isSettable(field, options.system === true, creating)) encoder.encode(field, value);
    else encoder.report(name, 'readonly');
  }
}

/** Columns of a new record: given values, then defaults. Throws `validation_failed` with every violation. */
export function encodeNewRecord(request: EncodeRequest & { id: string }): Columns {
  const { model, data, options, now, id } = request;
  const encoder = new RecordEncoder(options);
  encodeGiven(encoder, request, true);
  for (const field of model.columns) {
    if (ownValue(data, field.name) !== undefined) continue;
    const value = defaultValueOf(field.field, { now, actor: options.actor });
    if (value !== undefined) encoder.encode(field, value);
  }
  encoder.fill('id', id);
  encoder.fill('created_at', now);
  encoder.fill('updated_at', now);
  for (const column of model.columns) {
    const { name, field, autonumber } = column;
    if (field.required && !autonumber && isMissing(column, encoder.columns.get(name)))
      encoder.report(name, 'required');
  }
  return encoder.finish(model);
}

/** Columns that an update changes. Throws `validation_failed` with every violation. */
export function encodeChanges(request: EncodeRequest): Columns {
  const { model, data, now } = request;
  const encoder = new RecordEncoder(request.options);
  encodeGiven(encoder, request, false);
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name);
    if (!field?.field.required || name === 'id' || value === undefined) continue;
    const stored = encoder.columns.has(name) ? encoder.columns.get(name) : value;
    if (isMissing(field, stored)) encoder.report(name, 'required');
  }
  encoder.fill('updated_at', now);
  return encoder.finish(model);
}
