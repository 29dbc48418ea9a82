import { defaultValueOf, encodeValue, type Field, isDefaultToken, storageOf } from '@objectstack/spec/data';

const literal = (value: string | number | null) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');

/** The field's default as SQL, if it is the same for every record; else NULL. */
function defaultOf(field: Field): string {
  if (isDefaultToken(field, field.defaultValue)) return 'NULL';
  const value = defaultValueOf(field, { now: '', actor: undefined });
  const encoded = encodeValue(storageOf(field).encoding, value ?? null);
  return 'rule' in encoded ? 'NULL' : literal(encoded.value);
}

/** What a column that must not be empty begins with. */
export const fillerOf = (field: Field | undefined): string =>
  field?.storage?.notNull ? defaultOf(field) : 'NULL';

/** What records without a value get when their field, which they have already, requires one from now on; else NULL. */
export function fillOf(before: Field, after: Field): string {
  if (!storageOf(before).column || !storageOf(after).column || before.storage?.notNull) return 'NULL';
  const isRequired = after.required && !before.required;
  return isRequired || after.storage?.notNull ? defaultOf(after) : 'NULL';
}

/** What a new column begins with in records that exist: where a value is required, the field's literal default. */
export const firstValueOf = (field: Field | undefined): string =>
  field?.storage?.notNull || field?.required ? defaultOf(field) : 'NULL';
