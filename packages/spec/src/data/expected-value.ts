import { encodingFacts } from './field-types.js';
import type { ValueModel } from './field-value.js';

/** Description of a valid item of a list field, to complete a sentence after "must be". */
export const expectedItem = ({ itemEncoding }: Pick<ValueModel, 'itemEncoding'>): string =>
  encodingFacts(itemEncoding).expected;

/** Description of a valid value of the field, to complete a sentence after "must be". */
export function expectedValue(model: Pick<ValueModel, 'storage' | 'isList' | 'itemEncoding'>): string {
  return model.isList
    ? `a list, each item ${expectedItem(model)}`
    : encodingFacts(model.storage.encoding).expected;
}
