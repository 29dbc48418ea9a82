import { readAutonumber, renderAutonumber } from '@objectstack/spec/data';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';

/** An autonumber field of one record, its tokens replaced by their values. */
export interface NumberedField {
  readonly name: string;
  readonly sequenceId: string;
  readonly before: string;
  readonly digits: number;
  readonly after: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Identifier of a counter: a field has one for each combination of the values of its tokens. */
const sequenceId = (object: string, field: string, scope: string) =>
  scope === '' ? `${object}.${field}` : `${object}.${field}:${scope}`;

/** The autonumber fields for which no text is given, as they are to be written at `now`. */
export function numberedFields({ name: object, autonumbers }: ObjectModel, values: Values, now: string) {
  return autonumbers.flatMap(({ name, autonumber }): NumberedField[] => {
    if (!autonumber || typeof ownValue(values, name) === 'string') return [];
    const { before, after, scope } = renderAutonumber(autonumber, now, values);
    const { digits } = autonumber;
    return [{ name, sequenceId: sequenceId(object, name, scope), before, digits, after }];
  });
}

/** A number that a write sets itself, and the counter that it belongs to. */
export interface GivenNumber {
  readonly sequenceId: string;
  readonly number: number;
}

/** The numbers in the texts that are given for autonumber fields. */
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
