import type { DriverOptions, RecordData, RecordViolation } from '@objectstack/spec/contracts';
import { beyondRecordLimit, checkValue, encodeField } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { assertData } from './assert-arguments.js';
import { memoryError } from './memory-error.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { storedValue } from './stored-value.js';

/** A write of the values of a record. */
export interface Write {
  readonly object: string;
  readonly data: RecordData;
  readonly options: DriverOptions;
  /** Path of the item in a bulk operation. Default: none. */
  readonly path?: string;
}

const LENIENT = new Set<RecordViolation['rule']>(['required', 'option']);
/** Whether a value does not satisfy `required`. */
export const isEmpty = ({ isList }: MemoryField, value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (isList && Array.isArray(value) && value.length === 0);

/** Collects violated rules and the encoded values. */
export class RecordDraft {
  readonly values: Record<string, JsonValue> = {};
  readonly #violations: RecordViolation[] = [];
  readonly #encoded = new Map<string, unknown>();

  constructor(
    readonly table: MemoryTable,
    readonly options: DriverOptions,
  ) {}

  report(field: string, rule: RecordViolation['rule']): void {
    this.#violations.push({ field, rule });
  }

  set(field: MemoryField, value: unknown): void {
    const encoded = encodeField(field, value);
    if ('rule' in encoded) {
      this.report(field.name, encoded.rule);
      return;
    }
    for (const rule of checkValue(field, value)) this.report(field.name, rule);
    this.#encoded.set(field.name, encoded.value);
    this.values[field.name] = storedValue(field, value) ?? null;
  }

  setGiven({ data, path = '' }: Write, settable: (field: MemoryField) => boolean): void {
    assertData(data, `${path}/data`);
    for (const [name, value] of Object.entries(data)) {
      const field = this.table.fields.get(name);
      if (value === undefined) continue;
      if (!field) this.report(name, 'unknown_field');
      else if (settable(field)) this.set(field, value);
      else this.report(name, 'readonly');
    }
  }

  finish(): Record<string, JsonValue> {
    const largest = beyondRecordLimit(this.#encoded);
    if (largest !== undefined) this.report(largest, 'max_bytes');
    const isAllowed = ({ field, rule }: RecordViolation) =>
      this.options.system === true && field !== 'id' && LENIENT.has(rule);
    const violations = this.#violations.filter((violation) => !isAllowed(violation));
    if (violations.length > 0)
      throw memoryError('validation_failed', { object: this.table.definition.name, violations });
    for (const violation of this.#violations) this.options.onViolation?.(violation);
    return this.values;
  }
}
