import { checksById } from '../kit/requirements.js';
import { autonumberChecks } from './autonumber-checks.js';
import { bulkChecks } from './bulk-checks.js';
import { createChecks } from './create-checks.js';
import { deleteChecks } from './delete-checks.js';
import { deniedChecks } from './denied-checks.js';
import type { DriverCheck, DriverChecks } from './driver-trial.js';
import { expandChecks } from './expand-checks.js';
import { fieldValueChecks } from './field-value-checks.js';
import { filterChecks } from './filter-checks.js';
import { integerIdChecks } from './integer-id-checks.js';
import {
  abortedChecks,
  abortedWhileWaitingChecks,
  lifecycleChecks,
  notConnectedChecks,
} from './lifecycle-checks.js';
import { manyChecks } from './many-checks.js';
import { MISTAKE_CHECKS } from './mistake-checks.js';
import { modelChecks } from './model-checks.js';
import { queryChecks } from './query-checks.js';
import { rawChecks } from './raw-checks.js';
import { concurrentlyChecks, twiceChecks } from './repeat-checks.js';
import { schemaChecks } from './schema-checks.js';
import { schemaRulesChecks } from './schema-rules-checks.js';
import { schemaWeakeningChecks } from './schema-weakening-checks.js';
import { severalDriversChecks } from './several-drivers-checks.js';
import { streamChecks } from './stream-checks.js';
import { transactionChecks } from './transaction-checks.js';
import { updateChecks, upsertChecks } from './update-checks.js';
import { valuesChecks } from './values-checks.js';

const GROUPS: Readonly<Record<string, DriverChecks>> = {
  lifecycle: lifecycleChecks,
  'not-connected': notConnectedChecks,
  aborted: abortedChecks,
  'aborted-while-waiting': abortedWhileWaitingChecks,
  twice: twiceChecks,
  concurrently: concurrentlyChecks,
  denied: deniedChecks,
  create: createChecks,
  values: fieldValueChecks,
  autonumber: autonumberChecks,
  'integer-id': integerIdChecks,
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
  schema: { ...schemaChecks, ...schemaRulesChecks, ...schemaWeakeningChecks },
  raw: rawChecks,
  'several-drivers': severalDriversChecks,
  ...MISTAKE_CHECKS,
  model: modelChecks,
};

/** Every check of a data driver, by id. */
export const DATA_DRIVER_CHECKS: ReadonlyMap<string, DriverCheck> = checksById('data-driver', GROUPS);
