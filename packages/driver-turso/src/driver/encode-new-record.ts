import { defaultValueOf, isMissing } from '@objectstack/spec/data';
import { encodeGiven } from './encode-given.js';
import { ownValue } from './own-value.js';
import { type Columns, type EncodeRequest, RecordEncoder } from './record-encoder.js';

/** Columns of a new record: given values, then defaults. Throws `validation_failed` with every violation. */
export function encodeNewRecord(request: EncodeRequest & { id: string }): Columns {
  const { model, data, options, now, id } = request;
  const encoder = new RecordEncoder(options);
  encodeGiven(encoder, request, true);
  for (const field of model.columns) {
    if (ownValue(data, field.name) !== undefined) continue;
    const value = defaultValueOf(field.field, { now, actor: options.actor });
    if (value !== undefined) encoder.encode(field, value);
  }
  encoder.fill('id', id);
  encoder.fill('created_at', now);
  encoder.fill('updated_at', now);
  for (const column of model.columns) {
    const { name, field, autonumber } = column;
    if (field.required && !autonumber && isMissing(column, encoder.columns.get(name)))
      encoder.report(name, 'required');
  }
  return encoder.finish(model);
}
