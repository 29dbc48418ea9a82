import { encodeValue, encodingFacts, expectedItem } from '@objectstack/spec/data';
import { type Expression, type SqlBool, sql } from 'kysely';
import { invalidFilter } from './invalid-filter.js';
import type { FieldModel } from './object-model.js';

/** Whether a list contains the value. SQLite has no index for this, so every record is scanned. */
export function hasItem(
  { field, path }: { readonly field: FieldModel; readonly path: string },
  value: unknown,
): Expression<SqlBool> {
  const { itemEncoding: encoding, storage } = field;
  if (storage.column === null) throw invalidFilter(path, 'The field is computed and cannot be compared');
  const { value: type } = encodingFacts(encoding);
  if (type === 'json') throw invalidFilter(path, 'The items of the list are JSON and cannot be searched');
  const encoded = encodeValue(encoding, value);
  if ('rule' in encoded || encoded.value === null)
    throw invalidFilter(path, `The value of an item must be ${expectedItem(field)}`);
  const column = sql.ref(field.name);
  const items = sql`from temp.json_each(${column}) as _os_item`;
  if (type === 'number') {
    // Compared as JSON text, because SQLite does not read every fraction from JSON exactly.
    const text = JSON.stringify(encoded.value);
    return sql<SqlBool>`exists (select 1 ${items} where ${column} -> _os_item.fullkey = ${text})`;
  }
  if (type === 'boolean') {
    const literal = encoded.value === 1 ? 'true' : 'false';
    return sql<SqlBool>`exists (select 1 ${items} where _os_item.type = ${literal})`;
  }
  const written = typeof value === 'string' && value !== encoded.value ? [value] : [];
  return sql<SqlBool>`exists (select 1 ${items} where _os_item.value in (${sql.join([encoded.value, ...written])}))`;
}
