import type { RecordData, SqlStatement } from '@objectstack/spec/contracts';
import { givenNumbers } from './numbered-field.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';

/** Advances a counter by one, or to a given number if that is higher. */
export function compileAdvance(sequenceId: string, given: number | null, now: string): SqlStatement {
  const next = given === null ? 'last_value + 1' : 'max(last_value, excluded.last_value)';
  return {
    sql: `INSERT INTO _os_sequence (id, last_value, created_at, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_value = ${next}, updated_at = excluded.updated_at`,
    args: [sequenceId, given ?? 1, now, now],
  };
}

/** Statements that advance the counters of autonumber fields at least to the explicit numbers of a write. */
export function advanceAutonumbers(
  object: string,
  fields: readonly FieldModel[],
  values: RecordData,
  now: string,
): SqlStatement[] {
  return givenNumbers(object, fields, values).map((given) =>
    compileAdvance(given.sequenceId, given.number, now),
  );
}

/** The autonumber fields with a given text. */
export function givenAutonumbers({ autonumbers }: ObjectModel, data: RecordData): FieldModel[] {
  return autonumbers.filter(({ name }) => typeof ownValue(data, name) === 'string');
}
