import { defaultFromExpression } from '@objectstack/expressions';
import { checkNewRecord } from '@objectstack/spec/data';
import { v7 as uuidv7 } from 'uuid';
import { assertRecordData } from './assert-arguments.js';
import { type Columns, columnsOf, type EncodeRequest } from './columns-of.js';

/**
 * Columns of a new record: given values, then defaults. The id is null if the database assigns it. Throws
 * `validation_failed` with every violation.
 */
export function encodeNewRecord(request: EncodeRequest): Columns {
  const { model, data, options, now } = request;
  assertRecordData(data);
  const id = model.idType === 'integer' ? null : uuidv7();
  const write = { id, now, system: options.system, actor: options.actor, evaluate: defaultFromExpression };
  return columnsOf(checkNewRecord(model.fields, data, write), request);
}
