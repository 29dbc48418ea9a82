/**
 * Whether an integer of a database is the number that it is read as, or the decimal text of it. An adopted column may have a
 * numeric affinity, which stores every number without a fraction as an integer, also those beyond the safe integers, and the JSON
 * text of such a number too.
 */
export const isSameNumber = (number: number, integer: bigint): boolean =>
  BigInt(number) === integer || String(number) === String(integer);
