import { readAutonumber, renderAutonumber } from '@objectstack/spec/data';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';

/** An autonumber field of one record, with its tokens replaced by their values. */
export interface NumberedField {
  readonly name: string;
  readonly sequenceId: string;
  readonly before: string;
  readonly digits: number;
  readonly after: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Identifier of a counter. A field has one counter for each combination of token values. */
const sequenceId = (object: string, field: string, scope: string) =>
  scope === '' ? `${object}.${field}` : `${object}.${field}:${scope}`;

/** The autonumber fields without a given text, for a record that is written at `now`. */
export function numberedFields({ name: object, autonumbers }: ObjectModel, values: Values, now: string) {
  return autonumbers.flatMap(({ name, autonumber }): NumberedField[] => {
    if (!autonumber || typeof ownValue(values, name) === 'string') return [];
    const { before, after, scope } = renderAutonumber(autonumber, now, values);
    const { digits } = autonumber;
    return [{ name, sequenceId: sequenceId(object, name, scope), before, digits, after }];
  });
}

/** An explicit number of a write and the counter that it belongs to. */
export interface GivenNumber {
  readonly sequenceId: string;
  readonly number: number;
}

/** The numbers in the given texts of autonumber fields. */
export function givenNumbers(
  object: string,
  fields: readonly FieldModel[],
  values: Values,
): (GivenNumber & { readonly field: string })[] {
  return fields.flatMap(({ name, autonumber }) => {
    const text = ownValue(values, name);
    const read = autonumber && typeof text === 'string' ? readAutonumber(autonumber, text, values) : null;
    return read
      ? [{ field: name, sequenceId: sequenceId(object, name, read.scope), number: read.number }]
      : [];
  });
}
