import { checksById } from '../kit/requirements.js';
import { argumentChecks } from './argument-checks.js';
import { createChecks, valueChecks } from './create-checks.js';
import type { DriverCheck, DriverChecks } from './driver-trial.js';
import {
  abortedChecks,
  lifecycleChecks,
  notConnectedChecks,
  unknownObjectChecks,
} from './lifecycle-checks.js';
import { modelChecks } from './model-checks.js';
import { expandChecks, filterChecks, queryChecks, streamChecks } from './query-checks.js';
import { concurrentlyChecks, twiceChecks } from './repeat-checks.js';
import { rawChecks, schemaChecks } from './schema-checks.js';
import { transactionChecks } from './transaction-checks.js';
import { REFUSAL_CHECKS, valuesChecks } from './values-checks.js';
import {
  autonumberChecks,
  bulkChecks,
  deleteChecks,
  manyChecks,
  severalDriversChecks,
  updateChecks,
  upsertChecks,
} from './write-checks.js';

const GROUPS: Readonly<Record<string, DriverChecks>> = {
  lifecycle: lifecycleChecks,
  'not-connected': notConnectedChecks,
  aborted: abortedChecks,
  'unknown-object': unknownObjectChecks,
  twice: twiceChecks,
  concurrently: concurrentlyChecks,
  arguments: argumentChecks,
  denied: REFUSAL_CHECKS,
  create: createChecks,
  values: valueChecks,
  autonumber: autonumberChecks,
  update: updateChecks,
  upsert: upsertChecks,
  delete: deleteChecks,
  bulk: bulkChecks,
  many: manyChecks,
  filter: filterChecks,
  query: queryChecks,
  rows: valuesChecks,
  expand: expandChecks,
  stream: streamChecks,
  transaction: transactionChecks,
  schema: schemaChecks,
  raw: rawChecks,
  'several-drivers': severalDriversChecks,
  model: modelChecks,
};

/** Every check of a data driver by its id. */
export const DATA_DRIVER_CHECKS: ReadonlyMap<string, DriverCheck> = checksById('data-driver', GROUPS);
