import type { DriverOptions, RecordData, SqlValue } from '@objectstack/spec/contracts';
import type { CheckedRecord } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { explainViolations, violationsText } from './explain-violations.js';
import type { ObjectModel } from './object-model.js';

export type Columns = Record<string, SqlValue>;

export interface EncodeRequest {
  readonly model: ObjectModel;
  readonly data: RecordData;
  readonly options: DriverOptions;
  /** Timestamp of the write. */
  readonly now: string;
}

/**
 * Columns of a checked record. Reports the violations that a system write is permitted; throws `validation_failed` with all
 * others.
 */
export function columnsOf(
  { values, violations: found, permitted }: CheckedRecord,
  { model, options }: Pick<EncodeRequest, 'model' | 'options'>,
): Columns {
  if (found.length === 0) {
    for (const violation of permitted) options.onViolation?.(violation);
    const columns: Columns = {};
    for (const [name, value] of values) columns[name] = value;
    return columns;
  }
  const violations = explainViolations(model, found);
  throw new ObjectStackError({
    code: 'validation_failed',
    message: `The record violates rules of ${model.name} (${violationsText(violations)}).`,
    details: { object: model.name, violations },
  });
}
