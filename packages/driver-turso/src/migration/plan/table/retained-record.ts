import { quote } from '../../../schema/quote.js';

/** Column of a retained table that holds the creation time of the record that a value was taken from. */
export const KEPT_CREATED_AT = '_os_created_at';

/** Column of a retained table that holds when the record that a value was taken from was last written. */
export const KEPT_UPDATED_AT = '_os_updated_at';

/**
 * Whether a retained row is of this very record. A record that was deleted and created again under the same id is another
 * one, which its creation time tells: unlike a row id it is never used again and survives rebuilds and VACUUM.
 */
export const isSameRecord = (kept: string, column: (name: string) => string) =>
  `${kept}."id" = ${column('id')} AND ${kept}.${quote(KEPT_CREATED_AT)} IS ${column('created_at')}`;
