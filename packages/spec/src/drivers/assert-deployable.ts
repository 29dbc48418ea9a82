import { decodeValue } from '../data/decode-value.js';
import { encodeField } from '../data/encode-field.js';
import { checkValue, type FieldValueModel } from '../data/field-value.js';
import { uniqueKeysOf } from './assert-constraints.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import { rejection } from './rejection.js';

const conditionsOf = ({ definition: { indexes = [] } }: ObjectModel) =>
  indexes.filter(({ unique, partial }) => unique && partial !== undefined);

/** Every unique rule of an object as a text. */
function uniqueRules(model: ObjectModel): string[] {
  const plain = uniqueKeysOf(model).map((fields) => fields.join());
  return [...plain, ...conditionsOf(model).map(({ fields, partial }) => `${fields.join()} where ${partial}`)];
}

/** Whether a field keeps its values, and the database what it enforces about them. */
function isKept(before: FieldValueModel, after: FieldValueModel | undefined): boolean {
  if (!after) return false;
  if (before.field.storage?.notNull && !after.field.storage?.notNull) return false;
  return after.ignoresCase || !before.ignoresCase;
}

/**
 * Throws `destructive_not_allowed` if deploying the object would lose values or weaken what the database enforces: a removed
 * field, or one that becomes computed; a removed unique rule, or `caseSensitive: false` removed from one; `storage.notNull`
 * removed; a lookup that refers to no object any more. Rules of values, such as `required` and `max`, may change.
 */
export function assertDeployable(deployed: ObjectModel, wanted: ObjectModel): void {
  const rules = new Set(uniqueRules(wanted));
  const lookups = new Set(wanted.lookups.map(({ field }) => field));
  const changes = new Set([
    ...[...deployed.stored]
      .filter(([name, one]) => !isKept(one, wanted.stored.get(name)))
      .map(([name]) => name),
    ...uniqueRules(deployed).filter((rule) => !rules.has(rule)),
    ...deployed.lookups.map(({ field }) => field).filter((field) => !lookups.has(field)),
  ]);
  if (changes.size > 0) throw rejection('destructive_not_allowed', { changes: [...changes] });
}

/**
 * Returns a row converted to a new definition of its object. Values of fields with a new type are encoded again; new fields have no
 * value. Throws `conversion_failed` if the new type cannot store a value.
 */
export function convertRow(deployed: ObjectModel, wanted: ObjectModel, row: Readonly<StoredRow>): StoredRow {
  const values = [...wanted.stored].map(([name, after]) => {
    const [before, value] = [deployed.stored.get(name), row[name] ?? null];
    if (!before || value === null) return [name, null] as const;
    const isSame = before.field.type === after.field.type && before.isList === after.isList;
    if (isSame) return [name, value] as const;
    const decoded = decodeValue(before.storage, value);
    const encoded = encodeField(after, decoded);
    if ('rule' in encoded || checkValue(after, decoded).includes('type'))
      throw rejection('conversion_failed', { object: wanted.name, field: name });
    return [name, encoded.value] as const;
  });
  return Object.fromEntries(values);
}
