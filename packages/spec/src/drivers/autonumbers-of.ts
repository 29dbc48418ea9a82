import {
  autonumberFormatText,
  isAutonumberTokenField,
  parseAutonumberFormat,
  readAutonumber,
  renderAutonumber,
} from '../data/autonumber-format.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/** An autonumber of a row to write. */
export interface RowAutonumber {
  readonly field: string;
  /** Identifies the counter among those of the field. */
  readonly scope: string;
  /**
   * Number that a system write gives, after which the counter continues; undefined if the next one is to be assigned.
   */
  readonly given: number | undefined;
  /** The value of the field with this number. */
  readonly textOf: (number: number) => string;
}

/**
 * Returns the autonumber fields of a row: those to which a number must be assigned, and those that a system write sets.
 * A value that a system write sets in another format affects no counter. `now` is the time of the write.
 */
export function autonumbersOf(
  { fields, stored }: Pick<ObjectModel, 'fields' | 'stored'>,
  row: Readonly<StoredRow>,
  now: string,
): RowAutonumber[] {
  const isTokenField = (name: string) => isAutonumberTokenField(fields.get(name)?.field);
  return [...stored].flatMap(([field, model]): RowAutonumber[] => {
    if (model.field.type !== 'autonumber') return [];
    const { format } = parseAutonumberFormat(autonumberFormatText(model.field), isTokenField);
    const { before, after, scope } = renderAutonumber(format, now, row);
    const textOf = (number: number) => `${before}${String(number).padStart(format.digits, '0')}${after}`;
    const given = row[field] ?? null;
    if (given === null) return [{ field, scope, given: undefined, textOf }];
    const read = readAutonumber(format, String(given), row);
    return read ? [{ field, scope: read.scope, given: read.number, textOf }] : [];
  });
}
