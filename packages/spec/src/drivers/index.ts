/**
 * Functions for implementations of `IDataDriver`: arguments, records to write, constraints, autonumbers, queries,
 * transactions and deployments.
 * @module
 */
export * from './accept-record.js';
export * from './assert-arguments.js';
export * from './assert-call.js';
export * from './assert-constraints.js';
export * from './assert-deployable.js';
export * from './assert-lookups.js';
export * from './assert-query.js';
export * from './assign-autonumbers.js';
export * from './async-lock.js';
export * from './at-index.js';
export * from './autonumbers-of.js';
export * from './changed-values.js';
export * from './compare-stored.js';
export * from './decode-row.js';
export * from './delete-rule-of.js';
export * from './denied-features.js';
export * from './driver-transactions.js';
export * from './field-condition.js';
export * from './invalid-query.js';
export * from './is-same-value.js';
export * from './lookups-to.js';
export * from './model-of.js';
export * from './new-record-id.js';
export * from './new-row.js';
export * from './object-model.js';
export * from './parse-definition.js';
export * from './parse-query.js';
export * from './record-shape.js';
export * from './referring-rows.js';
export * from './rejection.js';
export * from './row-filter.js';
export * from './row-order.js';
export * from './select-rows.js';
export * from './select-values.js';
export * from './shape-records.js';
export * from './stream-records.js';
export * from './upsert-keys.js';
export * from './value-columns.js';
