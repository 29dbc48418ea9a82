import { quote } from '../../../schema/quote.js';

/** Column of a retained table that holds the creation time of the record. */
export const RETAINED_CREATED_AT = '_os_created_at';

/** Column of a retained table that holds the time at which the record was last updated. */
export const RETAINED_UPDATED_AT = '_os_updated_at';

/**
 * Condition that a retained row belongs to the record. A record that was deleted and created again with the same id has
 * another creation time. Unlike a row id, it is not reused and does not change in table rebuilds and VACUUM.
 */
export const isSameRecord = (retained: string, column: (name: string) => string) =>
  `${retained}."id" = ${column('id')} AND ${retained}.${quote(RETAINED_CREATED_AT)} IS ${column('created_at')}`;
