import { checkChanges } from '@objectstack/spec/data';
import { assertRecordData } from './assert-arguments.js';
import { type Columns, columnsOf, type EncodeRequest } from './columns-of.js';

/** Columns that an update changes. Throws `validation_failed` with every violation. */
export function encodeChanges(request: EncodeRequest): Columns {
  const { model, data, options, now } = request;
  assertRecordData(data);
  return columnsOf(checkChanges(model.fields, data, { now, system: options.system }), request);
}
