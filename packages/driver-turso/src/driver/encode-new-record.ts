import { defaultFromExpression } from '@objectstack/expressions';
import { checkNewRecord } from '@objectstack/spec/data';
import { assertRecordData } from './assert-arguments.js';
import { type Columns, columnsOf, type EncodeRequest } from './columns-of.js';

/** Columns of a new record: given values, then defaults. Throws `validation_failed` with every violation. */
export function encodeNewRecord(request: EncodeRequest & { id: string }): Columns {
  const { model, data, options, now, id } = request;
  assertRecordData(data);
  const write = { id, now, system: options.system, actor: options.actor, evaluate: defaultFromExpression };
  return columnsOf(checkNewRecord(model.fields, data, write), request);
}
