import { isMissing } from '@objectstack/spec/data';
import { encodeGiven } from './encode-given.js';
import { type Columns, type EncodeRequest, RecordEncoder } from './record-encoder.js';

/** Columns that an update changes. Throws `validation_failed` with every violation. */
export function encodeChanges(request: EncodeRequest): Columns {
  const { model, data, now } = request;
  const encoder = new RecordEncoder(request.options);
  encodeGiven(encoder, request, false);
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name);
    if (!field?.field.required || name === 'id' || value === undefined) continue;
    const stored = encoder.columns.has(name) ? encoder.columns.get(name) : value;
    if (isMissing(field, stored)) encoder.report(name, 'required');
  }
  encoder.fill('updated_at', now);
  return encoder.finish(model);
}
