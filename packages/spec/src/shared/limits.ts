/**
 * Most that is accepted, wherever it is checked: beyond it a call is refused with a typed error before it costs anything.
 * Chosen by measurement: reading or writing one value at its limit holds the event loop for less than 100 ms on an idle
 * machine. `validateBundle` and `parseBundle` are synchronous and take up to about a second at the limits of a bundle; the
 * same checks within `planDeployment` let the event loop turn. Tests measure.
 */
export const LIMITS = {
  /** Bytes of a bundle's text or of its canonical JSON. Beyond it `bundle_too_large`, or `invalid_shape` of a value. */
  maxBundleBytes: 10_485_760,
  /** Levels of nesting in a bundle. */
  maxBundleDepth: 64,
  /** Values in a bundle, counting objects, lists and scalars. */
  maxBundleNodes: 500_000,
  /**
   * Keys of one JSON object anywhere in a bundle. Beyond it `bundle_too_large`, or `invalid_shape` of a value. An engine
   * reads and sorts the keys of an object in one piece.
   */
  maxBundleKeys: 50_000,
  /** Objects in a bundle. Beyond it `limit_exceeded`, like all limits of a bundle that follow. */
  maxBundleObjects: 1_000,
  /** Keys of a bundle that no schema knows; they are kept, and each is a warning. */
  maxUnknownKeys: 10_000,
  /**
   * Fields of an object. SQLite takes 2,000 columns, system columns included, but to remove one rewrites the table: to
   * remove 500 takes seconds, to remove 1,500 a minute.
   */
  maxObjectFields: 500,
  /** Records in a seed set. */
  maxSeedSetRecords: 20_000,
  /**
   * Bytes of a text in UTF-8, and of a JSON value as it is stored. Beyond it `validation_failed` with `max_bytes`. To write
   * one is a native call that cannot be divided: of 4 MiB it takes more than 100 ms.
   */
  maxValueBytes: 2_097_152,
  /** Levels of nesting in a filter. Beyond it `invalid_filter` with the path, like all limits of a filter. */
  maxFilterDepth: 32,
  /**
   * Keys and list items of a filter, those of `$in` and `$nin` not counted: about a thousand conditions. The time that
   * the database needs grows with their square.
   */
  maxFilterNodes: 3_000,
  /** Values of one `$in` or `$nin`. A statement takes 32,766 values, and each fraction is one. */
  maxFilterListItems: 20_000,
  /** Calls of one driver that run or wait at the same time. Beyond it `database_busy`, and the call has done nothing. */
  maxParallelCalls: 10_000,
} as const;
