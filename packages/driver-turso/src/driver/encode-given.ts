import { assertRecordData } from './assert-arguments.js';
import type { FieldModel } from './object-model.js';
import type { EncodeRequest, RecordEncoder } from './record-encoder.js';

/** Whether the caller may set the field. An id can only be set when the record is created. */
function isSettable({ name, field, autonumber }: FieldModel, system: boolean, creating: boolean): boolean {
  if (name === 'id') return creating;
  return system || !(field.readonly || autonumber);
}

/** Encodes the values that the caller gave, and reports those that the caller must not set. */
export function encodeGiven(encoder: RecordEncoder, request: EncodeRequest, creating: boolean): void {
  const { model, data, options } = request;
  assertRecordData(data);
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name);
    if (value === undefined) continue;
    if (!field) encoder.report(name, 'unknown_field');
    else if (isSettable(field, options.system === true, creating)) encoder.encode(field, value);
    else encoder.report(name, 'readonly');
  }
}
