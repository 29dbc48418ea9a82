import { checksById } from '../kit/requirements.js';
import { argumentChecks } from './argument-checks.js';
import { autonumberChecks } from './autonumber-checks.js';
import { bulkChecks } from './bulk-checks.js';
import { createChecks, valueChecks } from './create-checks.js';
import { deleteChecks } from './delete-checks.js';
import type { DriverCheck, DriverChecks } from './driver-trial.js';
import { expandChecks } from './expand-checks.js';
import { filterChecks } from './filter-checks.js';
import {
  abortedChecks,
  abortedWhileWaitingChecks,
  lifecycleChecks,
  notConnectedChecks,
  unknownObjectChecks,
} from './lifecycle-checks.js';
import { manyChecks } from './many-checks.js';
import { modelChecks } from './model-checks.js';
import { queryChecks } from './query-checks.js';
import { concurrentlyChecks, twiceChecks } from './repeat-checks.js';
import { rawChecks, schemaChecks } from './schema-checks.js';
import { severalDriversChecks } from './several-drivers-checks.js';
import { streamChecks } from './stream-checks.js';
import { transactionChecks } from './transaction-checks.js';
import { updateChecks, upsertChecks } from './update-checks.js';
import { REFUSAL_CHECKS, valuesChecks } from './values-checks.js';

const GROUPS: Readonly<Record<string, DriverChecks>> = {
  lifecycle: lifecycleChecks,
  'not-connected': notConnectedChecks,
  aborted: abortedChecks,
  'aborted-while-waiting': abortedWhileWaitingChecks,
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

/** Every check of a data driver, by id. */
export const DATA_DRIVER_CHECKS: ReadonlyMap<string, DriverCheck> = checksById('data-driver', GROUPS);
