/**
 * Maximum sizes and counts. A call that exceeds one is rejected with a typed error before it consumes resources. Chosen
 * by measurement: reading or writing one value at its limit blocks the event loop for less than 100 ms on an idle
 * machine. `validateBundle` and `parseBundle` are synchronous and take about a second at the limits of a bundle, and
 * longer for YAML; the same checks within `planDeployment` yield to the event loop. Tests measure this.
 */
export const LIMITS = {
  /** Bytes of the body of a request that `parseRequest` reads by default. Beyond it: `request_too_large`. */
  maxRequestBytes: 1_048_576,
  /**
   * Bytes of a bundle's text or of its canonical JSON. Beyond it: `bundle_too_large`, or the issue `invalid_shape` for
   * a value.
   */
  maxBundleBytes: 10_485_760,
  /** Levels of nesting in a bundle. */
  maxBundleDepth: 64,
  /** Values in a bundle, counting objects, lists and scalars. */
  maxBundleNodes: 500_000,
  /**
   * Keys of one JSON object anywhere in a bundle. Beyond it: `bundle_too_large`, or the issue `invalid_shape` for a
   * value. JavaScript engines read and sort the keys of an object in one uninterruptible operation.
   */
  maxBundleKeys: 50_000,
  /** Objects in a bundle. Beyond it: the issue `limit_exceeded`, as for all following limits of a bundle. */
  maxBundleObjects: 1_000,
  /** Unknown keys in a bundle; they are retained, and each produces a warning. */
  maxUnknownKeys: 10_000,
  /**
   * Fields of an object. SQLite supports 2,000 columns, including system columns, but removing columns rewrites the
   * table: removing 500 takes seconds, removing 1,500 a minute.
   */
  maxObjectFields: 500,
  /** Records in a seed dataset. */
  maxSeedSetRecords: 20_000,
  /**
   * Steps that evaluating all expressions of a bundle once may take in the worst case, including a share for parsing
   * each. About 200,000 uses of `daysAgo(7)`, or 35,000 different expressions of this size, which take about a second.
   */
  maxExpressionSteps: 20_000_000,
  /**
   * Bytes of a text in UTF-8, and of a JSON value as stored. Beyond it: `validation_failed` with `max_bytes`. Writing
   * one is a single native call, which takes more than 100 ms for 4 MiB.
   */
  maxValueBytes: 2_097_152,
  /**
   * Bytes of all texts and JSON values that one write gives to a record, in UTF-8. Beyond it: `validation_failed` with
   * `max_bytes` for the largest of them. One native call writes them all, and a server sends at most 10 MB in one
   * response.
   */
  maxRecordBytes: 4_194_304,
  /** Levels of nesting in a filter. Beyond it: `invalid_filter` with the path, as for all limits of a filter. */
  maxFilterDepth: 32,
  /**
   * Keys and list items of a filter at every level, without the items of `$in` and `$nin`: fields, operators, `$field`, items of
   * `$and` and `$or`, and bounds of `$between`; about a thousand conditions. Each filter of a query counts alone. The path
   * is that of a part beyond the limit. A driver may permit more: the query time of SQLite grows quadratically with it.
   */
  maxFilterNodes: 3_000,
  /**
   * Items of one `$in` or `$nin`. A statement can have 32,766 bound values, and each item with a fraction needs one.
   */
  maxFilterListItems: 20_000,
  /**
   * Calls of one driver for Turso that run or wait at the same time. Beyond it: `database_busy`, and the call had no effect.
   * Other drivers need no such limit.
   */
  maxParallelCalls: 10_000,
} as const;
