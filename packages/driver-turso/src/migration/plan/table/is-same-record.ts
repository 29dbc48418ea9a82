import { quote } from '../../../schema/identifier.js';

/** Column of a retained table that holds the creation time of the record that a value was taken from. */
export const RETAINED_CREATED_AT = '_os_created_at';

/** Column of a retained table that holds when the record that a value was taken from was last written. */
export const RETAINED_UPDATED_AT = '_os_updated_at';

/**
 * Whether a retained row is of this very record. A record that was deleted and created again under the same id is
 * another one, which its creation time tells: unlike a row id it is never used again and survives rebuilds and VACUUM.
 */
export const isSameRecord = (retained: string, column: (name: string) => string) =>
  `${retained}."id" = ${column('id')} AND ${retained}.${quote(RETAINED_CREATED_AT)} IS ${column('created_at')}`;
