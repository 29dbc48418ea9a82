import type { FieldEncoding } from './field-storage.js';
import type { FieldValueModel } from './field-value.js';

const EXPECTED: Record<FieldEncoding, string> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a day such as 2026-01-31, without a time',
  datetime: 'an instant such as 2026-01-31T12:00:00Z, with a time and an offset',
  time: 'a time of day such as 12:00:00',
  json: 'JSON',
  computed: 'left out',
};

/** Description of a valid item of a list field, to complete a sentence after "must be". */
export const expectedItem = ({ itemEncoding }: Pick<FieldValueModel, 'itemEncoding'>): string =>
  EXPECTED[itemEncoding];

/** Description of a valid value of the field, to complete a sentence after "must be". */
export function expectedValue(model: Pick<FieldValueModel, 'storage' | 'isList' | 'itemEncoding'>): string {
  return model.isList ? `a list, each item ${expectedItem(model)}` : EXPECTED[model.storage.encoding];
}
