import type { DriverOptions, RecordData, RecordViolation, SqlValue } from '@objectstack/spec/contracts';
import { checkValue, encodeField } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { brokenRules } from './broken-rules.js';
import type { FieldModel, ObjectModel } from './object-model.js';

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

/** Collects the columns of a record and the rules that its values violate. */
export class RecordEncoder {
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
